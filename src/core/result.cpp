#include <moisson/core/result.h>

namespace moisson {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "invalid_input";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::unreachable:
      return "unreachable";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::io:
      return "io";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  std::string line;
  if (!error.where.empty()) line.append(error.where).append(": ");
  line.append(error.message.empty() ? to_string(error.code) : std::string_view(error.message));
  if (!error.hint.empty()) line.append(" (").append(error.hint).append(")");
  return line;
}

Error at(std::string_view place, Error error) {
  if (place.empty()) return error;
  error.where = error.where.empty() ? std::string(place) : std::string(place).append(": ").append(error.where);
  return error;
}

}  // namespace moisson
