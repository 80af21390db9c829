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

// Appends one line with its end.
void append_row(std::string& out, std::span<const std::string> cells, Cells mode);

// Several values in one cell: "a|b"; a bar inside a value becomes a slash.
std::string joined_cell(const std::vector<std::string>& values);

}  // namespace moisson::api
