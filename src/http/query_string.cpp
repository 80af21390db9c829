#include "http/query_string.h"

#include "core/text.h"
#include "core/url.h"

#include <utility>

namespace moisson::http {

Result<Parameters> parse_query_string(std::string_view text) {
  Parameters parameters;
  for (std::string_view part : split(text, '&')) {
    const auto equals = part.find('=');
    std::string name = clean_utf8(percent_decode(part.substr(0, equals), true));
    if (name.empty()) continue;
    if (parameters.size() == max_parameters)
      return Error{ErrorCode::invalid_input, "more than " + std::to_string(max_parameters) + " parameters", "", ""};
    const std::string_view value = equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    parameters.emplace_back(std::move(name), clean_utf8(percent_decode(value, true)));
  }
  return parameters;
}

}  // namespace moisson::http
