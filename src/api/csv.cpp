#include "api/csv.h"

#include <algorithm>

namespace moisson::api {
namespace {

bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

void append_cell(std::string& out, std::string_view cell, const CsvForm& form) {
  const bool defuse = form.cells == Cells::defused && is_formula(cell);
  const char special[] = {form.delimiter, '"', '\r', '\n'};
  if (!defuse && cell.find_first_of({special, sizeof special}) == std::string_view::npos) {
    out += cell;
    return;
  }
  out += defuse ? "\"'" : "\"";
  for (char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string_view csv_beginning(const CsvForm& form) { return form.byte_order_mark ? "\xEF\xBB\xBF" : ""; }

void append_row(std::string& out, std::span<const std::string> cells, const CsvForm& form) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += form.delimiter;
    append_cell(out, cells[i], form);
  }
  out += "\r\n";
}

std::string joined_cell(const std::vector<std::string>& values) {
  std::string cell;
  for (std::string value : values) {
    std::replace(value.begin(), value.end(), '|', '/');
    if (!cell.empty()) cell += '|';
    cell += value;
  }
  return cell;
}

}  // namespace moisson::api
