// Comma-separated values (RFC 4180): UTF-8, CRLF, cells quoted where they must be. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api {

// A spreadsheet takes a cell that begins with = + - @ tab or CR for a formula (CWE-1236). `defused` puts an apostrophe
// before it; that changes data, so it is done only for those who ask.
enum class Cells : std::uint8_t { plain, defused };

// How a file of rows is written.
struct CsvForm {
  Cells cells = Cells::plain;
  char delimiter = ',';
  bool byte_order_mark = false;  // at its beginning: some spreadsheets take a file without one for Latin-1
};

// What stands before the first row.
std::string_view csv_beginning(const CsvForm& form);

// Appends one line with its end.
void append_row(std::string& out, std::span<const std::string> cells, const CsvForm& form);

// Several values in one cell: "a|b"; a bar inside a value becomes a slash.
std::string joined_cell(const std::vector<std::string>& values);

}  // namespace moisson::api
