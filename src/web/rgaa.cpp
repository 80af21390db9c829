#include "web/rgaa.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace moisson::web {
namespace {

constexpr std::array<std::string_view, 5> known_methods{"axe", "test", "tool", "code", "sight"};
constexpr std::string_view nothing = "–";

Error bad_row(std::size_t line, std::string message) {
  return {ErrorCode::invalid_input, std::move(message), "rgaa.tsv:" + std::to_string(line), {}};
}

// Where the title and the note of a language stand.
struct Columns {
  std::size_t title = 3, note = 5;
};

Columns columns_of(const std::vector<std::string_view>& header, std::string_view language) {
  Columns columns;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == language) columns.title = i;
    if (header[i].starts_with("note_") && header[i].substr(5) == language) columns.note = i;
  }
  return columns;
}

}  // namespace

int RgaaCriterion::theme() const {
  int theme = 0;
  std::from_chars(number.data(), number.data() + number.size(), theme);
  return theme;
}

std::size_t Rgaa::count(Verdict verdict, int theme) const {
  return static_cast<std::size_t>(std::count_if(criteria.begin(), criteria.end(), [&](const auto& criterion) {
    return criterion.verdict == verdict && (theme == 0 || criterion.theme() == theme);
  }));
}

unsigned Rgaa::percent_met() const {
  const std::size_t met = count(Verdict::met), applicable = met + count(Verdict::not_met);
  return applicable == 0 ? 0 : static_cast<unsigned>(100 * met / applicable);
}

Result<Rgaa> read_rgaa(std::string_view tsv, std::string_view language) {
  Rgaa table;
  Columns columns;
  std::size_t width = 0, line = 0;
  for (std::string_view row : split(tsv, '\n')) {
    ++line;
    if (row.empty()) continue;
    const auto cells = split(row, '\t');
    if (line == 1) {
      width = cells.size();
      columns = columns_of(cells, language);
      if (width < 6) return bad_row(line, "a header names criterion, verdict, methods, a language and its notes");
      continue;
    }
    if (cells.size() != width) return bad_row(line, "a row has as many cells as the header");
    if (cells[0] == "date") {
      table.date = cells[1];
      continue;
    }
    RgaaCriterion criterion{.number = cells[0],
                            .methods = split(cells[2], ','),
                            .title = cells[columns.title],
                            .note = cells[columns.note] == nothing ? std::string_view() : cells[columns.note]};
    if (cells[1] == "c")
      criterion.verdict = Verdict::met;
    else if (cells[1] == "na")
      criterion.verdict = Verdict::not_applicable;
    else if (cells[1] != "nc")
      return bad_row(line, "a verdict is c, nc or na");
    for (std::string_view method : criterion.methods)
      if (std::find(known_methods.begin(), known_methods.end(), method) == known_methods.end())
        return bad_row(line, "a criterion says how it was checked");
    table.criteria.push_back(std::move(criterion));
  }
  if (table.date.empty()) return bad_row(line, "the date of the assessment is missing");
  return table;
}

}  // namespace moisson::web
