#include "http/encoding.h"

#include "core/text.h"

#include <string>

namespace moisson::http {
namespace {

// "q=0", "q=0.0", "q=0.000": refused (RFC 9110 §12.4.2).
bool is_refused(std::string_view parameters) {
  for (std::string_view parameter : split(parameters, ';')) {
    parameter = trim(parameter);
    if (parameter.size() < 3 || !iequals_ascii(parameter.substr(0, 2), "q=")) continue;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  for (std::string_view item : split(accept_encoding, ',')) {
    const auto semicolon = item.find(';');
    const std::string_view coding = trim(item.substr(0, semicolon));
    const bool taken = semicolon == std::string_view::npos || !is_refused(item.substr(semicolon + 1));
    if (iequals_ascii(coding, "gzip") || iequals_ascii(coding, "x-gzip")) return taken;
    if (coding == "*") any = taken;
  }
  return any;
}

bool is_compressible(std::string_view content_type) {
  const std::string type = lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
  for (std::string_view known : {"application/json", "application/xml", "application/javascript",
                                 "application/n-triples", "application/x-ndjson"})
    if (type == known) return true;
  return false;
}

}  // namespace moisson::http
