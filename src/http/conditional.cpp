#include "http/conditional.h"

#include "core/text.h"
#include "http/encoding.h"

namespace moisson::http {
namespace {

std::string_view opaque(std::string_view etag) { return etag.starts_with("W/") ? etag.substr(2) : etag; }

}  // namespace

bool none_match_holds(std::string_view if_none_match, std::string_view etag) {
  std::string_view rest = trim(if_none_match);
  if (rest == "*") return true;
  const std::string_view wanted = opaque(etag);
  // Tags are quoted and may hold commas, so the list is walked from quote to quote.
  while (true) {
    const auto open = rest.find('"');
    if (open == std::string_view::npos) return false;
    const auto close = rest.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (rest.substr(open, close - open + 1) == wanted) return true;
    rest.remove_prefix(close + 1);
  }
}

std::string gzip_etag(std::string_view etag) {
  std::string out(etag);
  if (out.ends_with('"')) out.insert(out.size() - 1, "-gzip");
  return out;
}

bool is_fresh(const Request& request, std::string_view etag) {
  const std::string_view held = request.headers.get("If-None-Match");
  if (held.empty() || etag.empty()) return false;
  return none_match_holds(held, etag) ||
         (accepts_gzip(request.headers.get("Accept-Encoding")) && none_match_holds(held, gzip_etag(etag)));
}

Response not_modified(std::string_view etag) {
  Response response;
  response.status = 304;
  response.headers.set("ETag", std::string(etag));
  return response;
}

}  // namespace moisson::http
