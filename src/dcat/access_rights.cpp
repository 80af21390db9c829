#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"

namespace moisson::dcat {
namespace {

enum Column : std::size_t { key, label_fr, label_en, aliases, source, columns };

const WordTable& table() {
  static const WordTable made(embedded("access_rights.tsv"), columns, {key, label_fr, label_en, aliases});
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

const Term* access_rights(const Concept& stated) {
  if (const auto last = std::string_view(stated.iri).substr(stated.iri.find_last_of("/#") + 1); !last.empty())
    if (const Term* found = find(last)) return found;
  for (const auto& label : stated.label)
    if (const Term* found = find(label.value)) return found;
  return nullptr;
}

std::string access_rights_iri(std::string_view rights) {
  return "http://publications.europa.eu/resource/authority/access-right/" + std::string(rights);
}

}  // namespace moisson::dcat
