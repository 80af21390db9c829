// The target of a request line (RFC 9112 §3.2): origin-form, or absolute-form whose authority is not looked at. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace moisson::http {

inline constexpr std::size_t max_target_bytes = 8 * 1024;

struct Target {
  std::string path;  // decoded; starts with '/'; no empty or dot segments, but a last '/' stays
  Parameters query;
};

// invalid_input: another form, a path that is not UTF-8 or holds control characters, too many parameters.
Result<Target> parse_target(std::string_view target);

}  // namespace moisson::http
