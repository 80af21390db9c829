#include "core/text.h"
#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"

#include <algorithm>

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, label_fr, label_en, aliases, source, columns };

const WordTable& table() {
  static const WordTable made(embedded("themes.tsv"), columns, {key, label_fr, label_en, aliases});
  return made;
}

const std::vector<Term>& terms() {
  static const auto made = [] {
    std::vector<Term> all;
    for (const auto& row : table().rows()) all.push_back({row[key], row[label_fr], row[label_en]});
    return all;
  }();
  return made;
}

const Term* find(std::string_view word) {
  const auto row = table().find(word);
  return row ? &terms()[*row] : nullptr;
}

// Vocabularies whose codes would be mistaken for words are told apart in the table by a word before the code.
const Term* find_iri(std::string_view iri) {
  const auto slash = iri.find_last_of("/#");
  const std::string code(slash == std::string_view::npos ? iri : iri.substr(slash + 1));
  const auto holds = [iri](std::string_view part) { return iri.find(part) != std::string_view::npos; };
  if (holds("inspire.ec.europa.eu/theme/")) return find("inspire " + code);
  if (holds("/TopicCategory/")) return find("topic " + code);
  if (holds("eurovoc.europa.eu/")) return find("eurovoc " + code);
  return find(code);
}

// "Environnement", else the first part known of "Environnement > Eau", "Transports ; Mobilité".
const Term* find_label(std::string_view label) {
  if (const Term* whole = find(label)) return whole;
  while (!label.empty()) {
    const auto end = std::min(label.find_first_of(">/;,|"), label.size());
    if (const Term* part = find(label.substr(0, end))) return part;
    label.remove_prefix(std::min(end + 1, label.size()));
  }
  return nullptr;
}

}  // namespace

const Term* theme(const Concept& stated) {
  if (const Term* found = stated.iri.empty() ? nullptr : find_iri(stated.iri)) return found;
  for (const auto& label : stated.label)
    if (const Term* found = find_label(label.value)) return found;
  return nullptr;
}

std::span<const Term> all_themes() { return terms(); }

std::string theme_iri(std::string_view theme_key) {
  return "http://publications.europa.eu/resource/authority/data-theme/" + std::string(theme_key);
}

}  // namespace moisson::dcat
