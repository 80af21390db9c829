#include <moisson/core/lang_string.h>

#include "core/embedded.h"
#include "core/hash.h"
#include "core/language_name.h"
#include "core/text.h"
#include "core/word_table.h"

#include <algorithm>
#include <array>
#include <string>

namespace moisson {
namespace {

enum Column : std::size_t { tag, label_fr, label_en, codes, names, source, columns };

const WordTable& languages() {
  static const WordTable table(embedded("languages.tsv"), columns, {tag, label_fr, label_en, codes, names});
  return table;
}

std::size_t pair_number(std::string_view pair) {
  return static_cast<std::size_t>((pair[0] - 'a') * 26 + pair[1] - 'a');
}

// Whether `spelled` is a tag of two letters as it should be: nearly every text of every record has one.
bool is_plain_tag(std::string_view spelled) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (spelled.size() != 2 || !letter(spelled[0]) || !letter(spelled[1])) return false;
  static const std::array<bool, 26 * 26> known = [] {
    std::array<bool, 26 * 26> pairs{};
    for (char a = 'a'; a <= 'z'; ++a) {
      for (char b = 'a'; b <= 'z'; ++b) {
        const std::string pair{a, b};
        const auto row = languages().find(pair);
        pairs[pair_number(pair)] = row && languages().rows()[*row][tag] == pair;
      }
    }
    return pairs;
  }();
  return known[pair_number(spelled)];
}

std::string_view primary(std::string_view language) { return language.substr(0, language.find('-')); }

}  // namespace

const LangString* best(const LangStrings& strings, std::string_view language, std::string_view fallback) {
  const auto find = [&strings](auto&& wanted) -> const LangString* {
    const auto found = std::find_if(strings.begin(), strings.end(), wanted);
    return found == strings.end() ? nullptr : &*found;
  };
  for (const auto wanted : {language, std::string_view{}, fallback}) {
    if (const auto* exact = find([&](const LangString& text) { return text.language == wanted; })) return exact;
    if (wanted.empty()) continue;
    const auto is_variant = [&](const LangString& text) { return primary(text.language) == primary(wanted); };
    if (const auto* variant = find(is_variant)) return variant;
  }
  return strings.empty() ? nullptr : &strings.front();
}

std::string language_tag(std::string_view spelled) {
  spelled = trim(spelled);
  if (spelled.empty()) return {};
  if (is_plain_tag(spelled)) return std::string(spelled);
  // http://publications.europa.eu/resource/authority/language/FRA, http://id.loc.gov/vocabulary/iso639-1/fr,
  // http://lexvo.org/id/iso639-3/fra: the code is the last segment.
  if (const auto slash = spelled.find_last_of("/#"); slash != std::string_view::npos) spelled.remove_prefix(slash + 1);
  if (const auto row = languages().find(spelled)) return std::string(languages().rows()[*row][tag]);

  // "fr_FR", "fra-FR", "fr-FR.UTF-8", "pt-BR", "Français (France)": the language first, then perhaps a region.
  const auto end = spelled.find_first_of("-_. (,;");
  if (end == std::string_view::npos) return {};
  const auto row = languages().find(spelled.substr(0, end));
  if (!row) return {};
  std::string found(languages().rows()[*row][tag]);
  if (spelled[end] == '-' || spelled[end] == '_') {
    auto region = spelled.substr(end + 1);
    region = region.substr(0, region.find_first_of("-_.@"));
    const auto upper = [](char c) { return static_cast<char>(c & ~0x20); };
    const bool letters =
        std::all_of(region.begin(), region.end(), [&](char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; });
    // What every French portal writes as fr_FR says no more than fr does: a region stays where it makes a variant.
    if (letters && region.size() == 2 && !iequals_ascii(region, found))
      found.append("-") += {upper(region[0]), upper(region[1])};
  }
  return found;
}

std::string_view language_name(std::string_view language, std::string_view reader) {
  const auto rows = languages().rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r[tag] == primary(language); });
  if (row == rows.end()) return {};
  return (*row)[primary(reader) == "fr" ? label_fr : label_en];
}

std::string language_iri(std::string_view language) {
  const auto rows = languages().rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r[tag] == primary(language); });
  if (row == rows.end() || (*row)[codes].empty()) return {};
  // Of the two codes of ISO 639-2, the second is that of ISO 639-3.
  std::string code((*row)[codes].substr((*row)[codes].rfind(';') + 1));
  for (char& c : code) c = static_cast<char>(c & ~0x20);
  return "http://publications.europa.eu/resource/authority/language/" + code;
}

std::uint64_t language_table_version() { return hash64(embedded("languages.tsv")); }

}  // namespace moisson
