#include "http/router.h"

#include "http/pattern.h"
#include "http/problem.h"

#include <cassert>
#include <string>

namespace moisson::http {
namespace {

Response default_fallback(const Request&, int status) {
  return problem(status,
                 status == 405 ? "this address does not answer to that method" : "there is nothing at this address");
}

std::string cache_control(int max_age_s) {
  return max_age_s == 0 ? "no-cache" : "public, max-age=" + std::to_string(max_age_s);
}

// Fetch Standard §3.2.3. No credentials are let in, so any origin may read.
void share(Response& response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers", "*");
}

// RFC 9110 §9.3.7, and the answer to a CORS preflight (Fetch Standard §4.8). "*" does not stand for Authorization there.
Response options(const std::string& allow, bool cross_origin) {
  Response response;
  response.status = 204;
  response.headers.set("Allow", allow + ", OPTIONS");
  if (!cross_origin) return response;
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Allow-Methods", allow);
  response.headers.set("Access-Control-Allow-Headers", "*, Authorization");
  response.headers.set("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), fallback_(default_fallback) {
  for (std::size_t i = 0; i < routes_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      assert(!(routes_[i].method == routes_[j].method && same_shape(routes_[i].pattern, routes_[j].pattern)) &&
             "two routes answer the same method and address");
}

Response Router::handle(Request& request) const {
  const Route* best = nullptr;  // the pattern that says most
  Parameters best_captures;
  std::string allow;
  bool cross_origin = false;
  for (const Route& route : routes_) {
    Parameters captures;
    if (!matches(route.pattern, request.path, captures)) continue;
    cross_origin = cross_origin || route.cross_origin;
    if (route.method != request.method) {
      if (allow.find(route.method) != std::string::npos) continue;
      allow += allow.empty() ? "" : ", ";
      allow += route.method == "GET" ? "GET, HEAD" : route.method;
    } else if (best == nullptr || literal_size(route.pattern) > literal_size(best->pattern)) {
      best = &route;
      best_captures = std::move(captures);
    }
  }
  if (best != nullptr) {
    request.captures = std::move(best_captures);
    Response response = best->handler(request);
    if (response.headers.get("Cache-Control").empty())
      response.headers.set("Cache-Control", cache_control(response.status < 400 ? best->max_age_s : 0));
    if (best->cross_origin) share(response);
    return response;
  }
  if (request.method == "OPTIONS" && !allow.empty()) return options(allow, cross_origin);
  Response response = fallback_(request, allow.empty() ? 404 : 405);
  if (!allow.empty()) response.headers.set("Allow", allow);
  return response;
}

void Router::set_fallback(std::function<Response(const Request&, int status)> fallback) {
  fallback_ = std::move(fallback);
}

}  // namespace moisson::http
