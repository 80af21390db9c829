#include "core/word_table.h"
#include "dcat/embedded.h"
#include "dcat/vocabulary.h"

#include <algorithm>

namespace moisson::dcat {
namespace {

enum Column : std::size_t { field_name, words, source, columns };

// One table a field: the same word may say nothing of a licence and something of a format.
struct Tables {
  Tables() : licence(text("licence"), columns, {words}), format(text("format"), columns, {words}) {}
  static std::string_view text(std::string_view field) {
    const std::string_view all = embedded("unstated.tsv");
    const auto begin = all.find("\n" + std::string(field) + '\t') + 1;
    return all.substr(begin, all.find('\n', begin) - begin);
  }
  WordTable licence, format;
};

// "https://…/unknown-license/#v1-legacy/" → "unknown-license"
std::string_view last_word(std::string_view iri) {
  if (const auto fragment = iri.find("/#"); fragment != std::string_view::npos) iri = iri.substr(0, fragment);
  while (iri.ends_with('/')) iri.remove_suffix(1);
  return iri.substr(iri.find_last_of("/#") + 1);
}

}  // namespace

bool says_unknown(std::string_view field, const Concept& stated) {
  static const Tables tables;
  const WordTable& table = field == "licence" ? tables.licence : tables.format;
  if (!stated.iri.empty() && !table.find(last_word(stated.iri))) return false;
  return (!stated.iri.empty() || !stated.label.empty()) &&
         std::all_of(stated.label.begin(), stated.label.end(), [&](const LangString& label) {
           return comparable(label.value).empty() || table.find(label.value);
         });
}

}  // namespace moisson::dcat
