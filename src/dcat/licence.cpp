#include "core/text.h"
#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"
#include "dcat/vocabulary_tables.h"

#include <algorithm>

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, label, iri, open, aliases, source, columns };

const WordTable& table() {
  static const WordTable made(embedded("licences.tsv"), columns, {key, label, aliases});
  return made;
}

const std::vector<Licence>& licences() {
  static const auto made = [] {
    std::vector<Licence> all;
    for (const auto& row : table().rows())
      all.push_back({row[key], row[label], row[iri] == "-" ? std::string_view{} : row[iri], row[open] == "yes"});
    return all;
  }();
  return made;
}

const Licence* find(std::string_view word) {
  const auto row = table().find(word);
  return row ? &licences()[*row] : nullptr;
}

constexpr std::string_view own_terms = "own-terms";  // conditions that the portal wrote itself

// Addresses that every portal of a kind has on a host of its own.
struct OwnAddress {
  std::string_view middle, end, key;
};
constexpr OwnAddress own_addresses[] = {
    // ArcGIS Hub: what the publisher wrote of a data set's use, https://PORTAL/datasets/ID/license.json (fixtures of
    // 2020).
    {"/datasets/", "/license.json", own_terms},
};

// Addresses stand in the table without scheme and "www."; languages and forms behind them ("/fr/", "/deed.fr",
// "/legalcode") do not make another licence, so segments are dropped from the end until one is known.
const Licence* find_address(std::string_view address) {
  if (const auto scheme = address.find("://"); scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  if (address.starts_with("www.")) address.remove_prefix(4);
  address = address.substr(0, address.find_first_of("?# "));
  for (const auto& own : own_addresses)
    if (address.ends_with(own.end) && address.find(own.middle) != std::string_view::npos) return find(own.key);
  const auto last_slash = address.find_last_of('/');
  static constexpr std::string_view authority = "/resource/authority/licence/";
  if (address.find(authority) != std::string_view::npos) return find(address.substr(last_slash + 1));
  for (;;) {
    if (const Licence* found = find(address)) return found;
    if (address.ends_with(".html")) {
      address.remove_suffix(5);
      continue;
    }
    const auto slash = address.find_last_of('/');
    if (slash == std::string_view::npos) return nullptr;
    address = address.substr(0, slash);
  }
}

// Sentences that hold a licence's name, from the narrowest to the widest.
struct Mention {
  std::string_view first, second, key;
};
constexpr Mention mentions[] = {
    {"licence ouverte", "2 0", "lov2"},
    {"licence ouverte", "v2", "lov2"},
    {"open licence", "2 0", "lov2"},
    {"etalab", "2 0", "lov2"},
    {"licence ouverte", "", "lov1"},
    {"licence etalab", "", "lov1"},
    {"open database licen", "", "odbl"},
    {"odbl", "", "odbl"},
    {"open government licen", "canada", "ogl-ca"},
    {"open government licen", "", "ogl"},
    {"cc0", "", "cc0"},
    {"cc zero", "", "cc0"},
    {"datenlizenz deutschland", "zero", "dl-de-zero"},
    {"datenlizenz deutschland", "", "dl-de-by"},
};

const Licence* find_mention(std::string_view text) {
  constexpr std::size_t longest_read = 1000;
  const std::string words = comparable(cut(text, longest_read));
  for (const auto& mention : mentions)
    if (words.find(mention.first) != std::string::npos && words.find(mention.second) != std::string::npos)
      return find(mention.key);
  return nullptr;
}

constexpr std::size_t longest_name = 100;  // bytes of a licence's name that the table does not know

// No name, by its length or its markup: whoever wrote it set conditions of their own.
bool is_prose(std::string_view text) { return text.size() > longest_name || text.find("</") != std::string_view::npos; }

const Licence* find_label(std::string_view text) {
  text = trim(text);
  if (const Licence* whole = find(text)) return whole;
  if (const auto at = text.find("http"); at != std::string_view::npos)
    if (const Licence* found = find_address(text.substr(at))) return found;
  return find_mention(text);
}

}  // namespace

const Licence* licence(const Concept& stated) {
  if (!stated.iri.empty())
    if (const Licence* found = find_address(stated.iri)) return found;
  for (const auto& words : stated.label)
    if (const Licence* found = find_label(words.value)) return found;
  const bool terms = std::any_of(stated.label.begin(), stated.label.end(),
                                 [](const LangString& words) { return is_prose(words.value); });
  return terms ? find(own_terms) : nullptr;
}

const Licence* named_licence(const Concept& stated) {
  const Licence* known = licence(stated);
  return known != nullptr && known->key != own_terms ? known : nullptr;
}

std::optional<Concept> licence_of(const Record& record) {
  const auto& own = resource(record).licence;
  if (own && licence(*own) != nullptr) return own;
  const auto& files = distributions(record);
  const auto known = std::find_if(files.begin(), files.end(), [](const Distribution& file) {
    return file.licence && licence(*file.licence) != nullptr;
  });
  if (known != files.end()) return known->licence;
  if (own) return own;
  const auto stated =
      std::find_if(files.begin(), files.end(), [](const auto& file) { return file.licence.has_value(); });
  return stated == files.end() ? std::nullopt : stated->licence;
}

std::span<const Licence> all_licences() { return licences(); }

}  // namespace moisson::dcat
