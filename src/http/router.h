// Router: the route table, looked up by method and path. Built once, then read by all workers. Thread-safe when const.
#pragma once

#include <moisson/http/message.h>

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace moisson::http {

// Asked once for each request whose route is found, before its handler: sets request.identity where asks_who(route), and
// answers in the handler's place whoever may not call it. Called by all workers at once.
using Gate = std::function<std::optional<Response>(const Route&, Request&)>;

// Told of each answer of a route, once it is made.
using Witness = std::function<void(const Route&, const Request&, const Response&)>;

// What is said where no route answers: 404, or 405. A problem document.
Response unanswered(int status);

class Router {
 public:
  // Patterns are checked here: a clash is a programmer's mistake and asserts.
  explicit Router(std::vector<Route> routes);

  std::span<const Route> routes() const { return routes_; }

  // Finds the route, fills request.captures, asks the gate, calls the handler and adds its Cache-Control (what a known
  // caller is answered is for them alone), and where it is cross_origin what CORS asks for. OPTIONS is answered from the
  // table alone, preflights included. 404 and 405 (with Allow) come from `fallback`, which a site may replace to answer
  // people with a page; by default a problem document.
  Response handle(Request& request) const;
  void set_fallback(std::function<Response(const Request&, int status)> fallback);
  // Without a gate nobody is known: only what is open to everyone answers.
  void set_gate(Gate gate);
  void set_witness(Witness witness);

 private:
  std::vector<Route> routes_;
  Gate gate_;
  Witness witness_;
  std::function<Response(const Request&, int status)> fallback_;
};

}  // namespace moisson::http
