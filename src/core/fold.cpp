// Folding and words: the inner loop of indexing. ASCII runs by a 128-byte table, characters below U+0370 (Latin with
// its marks) by a table made once, everything else by utf8proc.
#include "core/text.h"
#include "core/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace moisson {
namespace {

constexpr std::size_t max_word_bytes = 64;

constexpr auto ascii_lower = [] {
  std::array<char, 128> table{};
  for (int c = 0; c < 128; ++c) table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return table;
}();

enum class Role : std::uint8_t { separator, word, apostrophe };

constexpr auto ascii_role = [] {
  std::array<Role, 128> table{};
  for (int c = 0; c < 128; ++c)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) table[c] = Role::word;
  table['\''] = table['`'] = Role::apostrophe;
  return table;
}();

// Letters that Unicode does not decompose, and the punctuation that people mix up.
constexpr std::pair<char32_t, std::string_view> own_folds[] = {
    {0x00C6, "ae"}, {0x00E6, "ae"}, {0x0152, "oe"}, {0x0153, "oe"}, {0x00DF, "ss"}, {0x1E9E, "ss"}, {0x00D8, "o"},
    {0x00F8, "o"},  {0x0141, "l"},  {0x0142, "l"},  {0x0110, "d"},  {0x0111, "d"},  {0x00D0, "d"},  {0x00F0, "d"},
    {0x00DE, "th"}, {0x00FE, "th"}, {0x0131, "i"},  {0x0130, "i"},  {0x0126, "h"},  {0x0127, "h"},  {0x0166, "t"},
    {0x0167, "t"},  {0x014A, "n"},  {0x014B, "n"},  {0x0149, "'n"}, {0x00B4, "'"},  {0x02B9, "'"},  {0x02BC, "'"},
    {0x2018, "'"},  {0x2019, "'"},  {0x201B, "'"},  {0x2032, "'"},  {0xFF07, "'"},  {0x2010, "-"},  {0x2011, "-"},
    {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2212, "-"},  {0x00AD, ""},
};

std::string_view own_fold(char32_t code, bool& found) {
  for (const auto& [from, to] : own_folds)
    if (from == code) return found = true, to;
  found = false;
  return {};
}

// What utf8proc makes of `text`: compatibility forms, marks and case folded away, then composed (Hangul stays whole).
// Of what that leads to, such as U+02B9 for the Greek numeral sign, our own folds hold too.
void append_folded_by_library(std::string& out, std::string_view text) {
  struct Free {
    void operator()(void* bytes) const { std::free(bytes); }
  };
  utf8proc_uint8_t* folded = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
                                     UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(folded);
  if (size <= 0) return;
  const std::string_view made(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < made.size();) {
    const auto character = utf8::decode(made, i);
    bool own = false;
    const auto again = own_fold(character.code, own);
    const std::size_t length = std::max<std::size_t>(character.length, 1);
    out.append(own ? again : made.substr(i, length));
    i += length;
  }
}

Role role_by_library(char32_t code) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return Role::word;
    default:
      return Role::separator;
  }
}

// One character below `table_end`: what it folds to, at most six bytes.
struct Entry {
  char bytes[6] = {};
  std::uint8_t size = 0;
  Role role = Role::separator;
};
constexpr char32_t table_end = 0x370;

const std::array<Entry, table_end>& table() {
  static const auto entries = [] {
    std::array<Entry, table_end> made;
    for (char32_t code = 0; code < table_end; ++code) {
      Entry& entry = made[code];
      std::string folded, character;
      utf8::append(character, code);
      bool own = false;
      folded = own_fold(code, own);
      if (!own) append_folded_by_library(folded, character);
      entry.size = static_cast<std::uint8_t>(std::min(folded.size(), sizeof entry.bytes));
      std::copy_n(folded.data(), entry.size, entry.bytes);
      entry.role = code < 0x80 ? ascii_role[code] : folded == "'" ? Role::apostrophe : role_by_library(code);
      // m² and CO₂ are words as people type them: m2, co2.
      const bool one_digit = folded.size() == 1 && folded[0] >= '0' && folded[0] <= '9';
      if (code >= 0x80 && one_digit) entry.role = Role::word;
      if (code == 0xAD) entry.role = Role::word;  // a soft hyphen stands inside words and is nothing
    }
    return made;
  }();
  return entries;
}

// Folds the character at `text[place]`, which is not ASCII, onto `out`; gives its role and sets its length.
Role fold_character(std::string& out, std::string_view text, std::size_t place, std::size_t& length,
                    const std::array<Entry, table_end>& entries) {
  const auto character = utf8::decode(text, place);
  if (character.length == 0) {
    length = 1;
    return Role::separator;
  }
  length = character.length;
  if (character.code < table_end) {
    const Entry& entry = entries[character.code];
    if (entry.role == Role::word) out.append(entry.bytes, entry.size);
    return entry.role;
  }
  bool own = false;
  const auto folded = own_fold(character.code, own);
  if (own && folded == "'") return Role::apostrophe;
  const std::size_t before = out.size();
  if (role_by_library(character.code) == Role::word) {
    if (own)
      out.append(folded);
    else
      append_folded_by_library(out, text.substr(place, character.length));
    return Role::word;
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(character.code));
  if (category == UTF8PROC_CATEGORY_CF) return Role::word;  // joiners and marks of direction are nothing inside a word
  if (category == UTF8PROC_CATEGORY_NO) {
    append_folded_by_library(out, text.substr(place, character.length));
    if (std::all_of(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                    [](char c) { return c >= '0' && c <= '9'; }))
      return Role::word;
    out.resize(before);
  }
  return Role::separator;
}

// Articles and pronouns that French and Italian write onto the next word.
bool is_elision(std::string_view folded) {
  static constexpr std::string_view elisions[] = {
      "all", "bell", "c",      "d",      "dall", "degl",  "dell",   "entr",  "gl",     "j", "jusqu", "l", "lorsqu", "m",
      "n",   "nell", "presqu", "puisqu", "qu",   "quell", "quelqu", "quest", "quoiqu", "s", "sull",  "t", "un"};
  return std::find(std::begin(elisions), std::end(elisions), folded) != std::end(elisions);
}

}  // namespace

std::string fold(std::string_view text) {
  const auto& entries = table();
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += ascii_lower[byte];
      ++i;
      continue;
    }
    const auto character = utf8::decode(text, i);
    if (character.length == 0) {
      out += utf8::replacement;
      ++i;
    } else if (character.code < table_end) {
      const Entry& entry = entries[character.code];
      out.append(entry.bytes, entry.size);
      i += character.length;
    } else {
      bool own = false;
      const auto folded = own_fold(character.code, own);
      if (own)
        out.append(folded);
      else
        append_folded_by_library(out, text.substr(i, character.length));
      i += character.length;
    }
  }
  return out;
}

std::vector<Word> words(std::string_view text, std::size_t limit) {
  const auto& entries = table();
  std::vector<Word> found;
  std::string folded;
  std::size_t i = 0;
  while (i < text.size() && found.size() < limit) {
    folded.clear();
    std::size_t begin = i, end = i;
    Role role = Role::word;
    std::size_t length = 1;
    for (; i < text.size(); i += length) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte < 0x80) {
        length = 1;
        role = ascii_role[byte];
        if (role == Role::word) folded += ascii_lower[byte];
      } else {
        role = fold_character(folded, text, i, length, entries);
      }
      if (role != Role::word) {
        // "aujourd'hui" is one word in spite of its apostrophe.
        if (role == Role::apostrophe && folded == "aujourd" && iequals_ascii(text.substr(i + length, 3), "hui")) {
          folded += '\'';
          continue;
        }
        break;
      }
      end = i + length;
    }
    const bool followed = i < text.size() && i + length < text.size();
    i = std::min(text.size(), i + (i < text.size() ? length : 0));
    if (folded.empty()) continue;
    if (role == Role::apostrophe && followed && is_elision(folded)) {
      const auto next = static_cast<unsigned char>(text[i]);
      if (next >= 0x80 || ascii_role[next] == Role::word) continue;
    }
    found.push_back({std::string(cut(folded, max_word_bytes)), begin, end});
  }
  return found;
}

}  // namespace moisson
