#include "core/text.h"

#include "core/utf8.h"
#include "core/windows_1252.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace moisson {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Where the first byte that is not plain ASCII stands, eight bytes a step.
std::size_t ascii_prefix(std::string_view text, std::size_t from) {
  std::size_t i = from;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + i, 8);
    if (block & 0x8080808080808080) break;
  }
  while (i < text.size() && static_cast<signed char>(text[i]) >= 0) ++i;
  return i;
}

// Where the first byte from `from` on stands that is neither a printable character of ASCII nor tab, CR or LF, eight
// bytes a step.
std::size_t plain_prefix(std::string_view text, std::size_t from) {
  constexpr std::uint64_t ones = 0x0101010101010101, highs = ones << 7;
  std::size_t i = from;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + i, 8);
    // Beyond ASCII, U+007F, below U+0020.
    if ((block | (block + ones) | (block - ones * 0x20)) & highs) break;
  }
  for (; i < text.size(); ++i)
    if (const char c = text[i]; (c < 0x20 || c > 0x7E) && c != '\t' && c != '\n' && c != '\r') break;
  return i;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = ascii_prefix(text, 0); i < text.size(); i = ascii_prefix(text, i)) {
    const auto character = utf8::decode(text, i);
    if (character.length == 0) return false;
    i += character.length;
  }
  return true;
}

bool is_template_field(std::string_view text) {
  if (text.size() <= 4 || !text.starts_with("{{") || !text.ends_with("}}")) return false;
  return text.substr(2, text.size() - 4).find_first_of("{}\n") == std::string_view::npos;
}

std::string clean_utf8(std::string_view text, bool* changed) {
  std::string out;
  bool mended = false;
  std::size_t from = 0;  // of what is kept as it is
  for (std::size_t i = plain_prefix(text, 0); i < text.size(); i = plain_prefix(text, i)) {
    const auto character = utf8::decode(text, i);
    const bool control = character.code < 0x20 || (character.code >= 0x7F && character.code < 0xA0);
    const bool has_no_xml = character.code == 0xFFFE || character.code == 0xFFFF;  // XML 1.0 §2.2
    if (character.length != 0 && !control && !has_no_xml) {
      i += character.length;
      continue;
    }
    mended = true;
    out.append(text, from, i - from);
    if (character.length == 0) {
      out += utf8::replacement;
      // One U+FFFD for a whole broken sequence: its continuation bytes say nothing more.
      for (++i; i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;) ++i;
    } else {
      if (character.code >= 0x80 && character.code < 0xA0)
        if (const auto meant = windows_1252_character(character.code); meant != character.code)
          utf8::append(out, meant);
      i += character.length;
    }
    from = i;
  }
  out.append(text, from);
  if (changed != nullptr) *changed = mended;
  return out;
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::string shorten(std::string_view text, std::size_t characters) {
  std::string out;
  std::size_t count = 0, word_end = 0;
  text = trim(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_blank(c)) {
      if (is_blank(text[i + 1])) continue;
      word_end = out.size();
    }
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++count > characters) {
      // A single word longer than the whole is cut inside; the … takes the place of the last character.
      if (word_end == 0 && !is_blank(c)) {
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
        if (!out.empty()) out.pop_back();
      } else {
        out.resize(is_blank(c) ? out.size() : word_end);
      }
      return out += "…";
    }
    out += is_blank(c) ? ' ' : c;
  }
  return out;
}

std::string_view trim(std::string_view text) {
  // The no-break space is two bytes in UTF-8 and surrounds many pasted values.
  static constexpr std::string_view no_break = "\xC2\xA0";
  for (;;) {
    if (text.starts_with(no_break))
      text.remove_prefix(2);
    else if (text.ends_with(no_break))
      text.remove_suffix(2);
    else if (!text.empty() && is_blank(text.front()))
      text.remove_prefix(1);
    else if (!text.empty() && is_blank(text.back()))
      text.remove_suffix(1);
    else
      return text;
  }
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

bool iequals_ascii(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return lower(x) == lower(y);
  });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 1;
  std::vector<std::size_t> above, row, below;  // of the table of distances
  for (const auto candidate : known) {
    const std::size_t gap = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (gap >= best_distance) continue;
    // Optimal string alignment: a swap of neighbours is one slip. Words here are keys and parameter names, a few dozen bytes.
    row.assign(candidate.size() + 1, 0);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      below.assign(row.size(), i);
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        below[j] = std::min({row[j - 1] + (word[i - 1] == candidate[j - 1] ? 0 : 1), row[j] + 1, below[j - 1] + 1});
        if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1])
          below[j] = std::min(below[j], above[j - 2] + 1);
      }
      above.swap(row);
      row.swap(below);
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace moisson
