#include "core/language_name.h"
#include "dcat/territory.h"
#include "dcat/vocabulary.h"
#include "dcat/vocabulary_tables.h"

#include <algorithm>
#include <array>

namespace moisson::dcat {
namespace {

constexpr std::array<Term, 3> types = {{
    {"dataset", "Jeu de données", "Data set"},
    {"series", "Série", "Series"},
    {"service", "Service", "Service"},
}};
constexpr std::array<Term, 3> openness = {{
    {"yes", "Ouverte", "Open"},
    {"no", "Restreinte", "Restricted"},
    {"unknown", "Non précisée", "Not stated"},
}};
constexpr std::array<Term, 2> high_value = {{
    {"yes", "De forte valeur", "High value"},
    {"no", "Autre", "Other"},
}};

std::span<const Term> terms_of(std::string_view field) {
  if (field == "theme") return all_themes();
  if (field == "format_family") return all_format_families();
  if (field == "frequency") return all_frequencies();
  if (field == "type") return types;
  if (field == "open") return openness;
  if (field == "hvd") return high_value;
  return {};
}

template <class Row>
std::string_view label_in(std::span<const Row> rows, std::string_view key) {
  const auto row = std::find_if(rows.begin(), rows.end(), [key](const Row& r) { return r.key == key; });
  return row == rows.end() ? std::string_view{} : row->label;
}

}  // namespace

std::string label(std::string_view field, std::string_view key, std::string_view language) {
  std::string_view words;
  if (field == "language") {
    words = language_name(key, language);
  } else if (field == "format") {
    words = label_in(all_formats(), key);
  } else if (field == "territory") {
    if (const auto* found = territory(key)) words = language.starts_with("fr") ? found->name_fr : found->name_en;
  } else if (field == "licence") {
    words = label_in(all_licences(), key);
  } else {
    const auto terms = terms_of(field);
    const auto term = std::find_if(terms.begin(), terms.end(), [key](const Term& t) { return t.key == key; });
    if (term != terms.end()) words = language.starts_with("fr") ? term->label_fr : term->label_en;
  }
  return std::string(words.empty() ? key : words);
}

}  // namespace moisson::dcat
