#include "core/cause.h"

#include "core/embedded.h"
#include "core/text.h"

#include <algorithm>
#include <vector>

namespace moisson {
namespace {

enum Column : std::size_t { word, label_fr, explanation_fr, fix_fr, label_en, explanation_en, fix_en, columns };

std::vector<Cause> read(std::string_view tsv) {
  std::vector<Cause> made;
  for (const std::string_view line : split(tsv, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    auto row = split(line, '\t');
    row.resize(columns);
    made.push_back({row[word],
                    {row[label_fr], row[explanation_fr], row[fix_fr]},
                    {row[label_en], row[explanation_en], row[fix_en]}});
  }
  std::sort(made.begin(), made.end(), [](const Cause& a, const Cause& b) { return a.word < b.word; });
  return made;
}

}  // namespace

std::span<const Cause> all_causes() {
  static const std::vector<Cause> table = read(embedded("causes.tsv"));
  return table;
}

const Cause* find_cause(std::string_view word) {
  const auto table = all_causes();
  const auto found = std::lower_bound(table.begin(), table.end(), word,
                                      [](const Cause& cause, std::string_view wanted) { return cause.word < wanted; });
  return found != table.end() && found->word == word ? &*found : nullptr;
}

std::string_view cause_of(const Error& error) {
  return error.cause.empty() ? to_string(error.code) : std::string_view(error.cause);
}

Error filed(std::string_view cause, Error error) {
  if (error.cause.empty() && error.code == ErrorCode::invalid_input) error.cause = cause;
  return error;
}

}  // namespace moisson
