// Router: the route table, looked up by method and path. Built once, then read by all workers. Thread-safe when const.
#pragma once

#include <moisson/http/message.h>

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace moisson::http {

class Router {
 public:
  // Patterns are checked here: a clash is a programmer's mistake and asserts.
  explicit Router(std::vector<Route> routes);

  std::span<const Route> routes() const { return routes_; }

  // Finds the route, fills request.captures, calls its handler and adds its Cache-Control, and where it is cross_origin
  // what CORS asks for. OPTIONS is answered from the table alone, preflights included. 404 and 405 (with Allow)
  // come from `fallback`, which a site may replace to answer people with a page; by default a problem document.
  Response handle(Request& request) const;
  void set_fallback(std::function<Response(const Request&, int status)> fallback);

 private:
  std::vector<Route> routes_;
  std::function<Response(const Request&, int status)> fallback_;
};

}  // namespace moisson::http
