#include "http/router.h"

#include "http/pattern.h"
#include "http/problem.h"

#include <cassert>
#include <string>

namespace moisson::http {
namespace {

std::string cache_control(int max_age_s) {
  return max_age_s == 0 ? "no-cache" : "public, max-age=" + std::to_string(max_age_s);
}

std::string vary_with(std::string_view present, std::string_view more) {
  return present.empty() ? std::string(more) : std::string(present) + ", " + std::string(more);
}

std::optional<Response> closed_gate(const Route& route, Request&) {
  if (least_role(route) == Role::everyone) return std::nullopt;
  return problem(401, "nobody can sign in here");
}

// What depends on who asks is told apart by caches, and what a known caller is answered is not kept by any (RFC 9111 §5.2.2).
void keep_private(Response& response, const Request& request) {
  response.headers.set("Vary", vary_with(response.headers.get("Vary"), "Cookie, Authorization"));
  if (!request.identity.is_known()) return;
  response.headers.set("Cache-Control", "private, no-store");
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

Response unanswered(int status) {
  return problem(status,
                 status == 405 ? "this address does not answer to that method" : "there is nothing at this address");
}

Router::Router(std::vector<Route> routes)
    : routes_(std::move(routes)),
      gate_(closed_gate),
      fallback_([](const Request&, int status) { return unanswered(status); }) {
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
    auto refusal = gate_(*best, request);
    // A page kept from before somebody signed in must not be taken for fresh.
    if (request.identity.is_known()) request.headers.set("If-None-Match", "");
    Response response = refusal ? std::move(*refusal) : best->handler(request);
    if (asks_who(*best)) keep_private(response, request);
    if (witness_) witness_(*best, request, response);
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

void Router::set_gate(Gate gate) { gate_ = std::move(gate); }
void Router::set_witness(Witness witness) { witness_ = std::move(witness); }

}  // namespace moisson::http
