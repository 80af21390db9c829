#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"
#include "dcat/vocabulary_tables.h"

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, label_fr, label_en, eu, aliases, source, columns };

const WordTable& table() {
  static const WordTable made(embedded("frequencies.tsv"), columns, {key, label_fr, label_en, eu, aliases});
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

}  // namespace

const Term* frequency(const Concept& stated) {
  if (!stated.iri.empty()) {
    if (const Term* whole = find(stated.iri)) return whole;
    const auto slash = stated.iri.find_last_of("/#");
    if (slash != std::string::npos)
      if (const Term* found = find(std::string_view(stated.iri).substr(slash + 1))) return found;
  }
  for (const auto& label : stated.label)
    if (const Term* found = find(label.value)) return found;
  return nullptr;
}

std::string frequency_iri(std::string_view frequency_key) {
  const auto row = table().find(frequency_key);
  if (!row) return {};
  const auto codes = table().rows()[*row][eu];
  return "http://publications.europa.eu/resource/authority/frequency/" + std::string(codes.substr(0, codes.find(';')));
}

std::span<const Term> all_frequencies() { return terms(); }

}  // namespace moisson::dcat
