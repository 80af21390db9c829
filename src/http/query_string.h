// The query part of a target, and form bodies: application/x-www-form-urlencoded, read leniently, because people type
// URLs: '|', '{', '"', raw UTF-8 and a lone '%' are taken as they are. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <cstddef>
#include <string_view>

namespace moisson::http {

inline constexpr std::size_t max_parameters = 200;

// Names and values decoded, '+' as a blank, invalid UTF-8 as U+FFFD, control characters dropped; parts without a name
// are left out. invalid_input: more than max_parameters.
Result<Parameters> parse_query_string(std::string_view text);

}  // namespace moisson::http
