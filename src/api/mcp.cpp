#include "api/mcp.h"

#include "core/json.h"
#include "core/media_type.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace moisson::api {
namespace {

constexpr std::array<std::string_view, 3> revisions{"2025-06-18", "2025-03-26", "2024-11-05"};  // the newest first

struct Tool {
  std::string_view name;
  std::string_view pattern;  // of the route that answers
  std::string_view description;
};

constexpr std::array<Tool, 5> tools{{
    {"search_datasets", "/api/v1/datasets",
     "Searches open data sets, series and services of all harvested portals. `q` takes words, \"phrases\", -word and "
     "field:value; filters narrow it; `facets` counts what is there."},
    {"read_dataset", "/api/v1/datasets/{id}",
     "A whole record by its id, as search_datasets gives it: description, files with their addresses, licence, "
     "coverage, publisher, and which portal it came from."},
    {"suggest", "/api/v1/suggest", "Completes the beginning of a title, publisher, theme or place."},
    {"list_sources", "/api/v1/sources", "The portals that are harvested, with their state and number of records."},
    {"read_source", "/api/v1/sources/{id}", "One harvested portal, its state and its last harvest."},
}};

// JSON-RPC 2.0 §5.1.
enum Code : int { parse_error = -32700, invalid_request = -32600, no_method = -32601, invalid_parameters = -32602 };

struct Refusal {
  Code code;
  std::string message;
};

// Tools whose routes exist, each with its route.
class Toolbox {
 public:
  explicit Toolbox(const std::vector<http::Route>& routes) {
    for (const Tool& tool : tools) {
      const auto route = std::find_if(routes.begin(), routes.end(), [&](const http::Route& r) {
        return r.method == "GET" && r.pattern == tool.pattern;
      });
      if (route != routes.end()) held_.push_back({tool, *route});
    }
  }

  void list(json::Writer& out) const;
  // What the route answered, as the result of a call. Refusal: no such tool, or an argument that it does not take.
  // `act`: what the call turned out to be.
  std::optional<Refusal> call(json::View parameters, const http::Request& request, json::Writer& out,
                              http::Act& act) const;

 private:
  struct Held {
    Tool tool;
    http::Route route;
  };
  std::vector<Held> held_;
};

void Toolbox::list(json::Writer& out) const {
  out.begin_object().key("tools").begin_array();
  for (const auto& [tool, route] : held_) {
    out.begin_object().field("name", tool.name).field("title", route.summary).field("description", tool.description);
    out.key("inputSchema").begin_object().field("type", "object").key("properties").begin_object();
    for (const auto& parameter : route.parameters) {
      out.key(parameter.name).begin_object();
      if (parameter.repeated)
        out.field("type", "array").key("items").begin_object().field("type", parameter.type).end_object();
      else
        out.field("type", parameter.type);
      out.field("description", parameter.documentation).end_object();
    }
    out.end_object().key("required").begin_array();
    for (const auto& parameter : route.parameters)
      if (parameter.in == "path") out.string(parameter.name);
    out.end_array().key("additionalProperties").boolean(false).end_object();
    out.key("annotations").begin_object().key("readOnlyHint").boolean(true).key("openWorldHint").boolean(false);
    out.end_object().end_object();
  }
  out.end_array().end_object();
}

void write_call(json::Writer& out, http::Response response) {
  const auto* text = std::get_if<std::string>(&response.body);
  const std::string body = text != nullptr ? *text : std::string();
  out.begin_object().key("content").begin_array().begin_object().field("type", "text").field("text", body);
  out.end_object().end_array();
  const bool failed = response.status >= 400;
  if (!failed && body.starts_with('{')) out.key("structuredContent").raw(body);
  out.key("isError").boolean(failed).end_object();
}

std::optional<Refusal> Toolbox::call(json::View parameters, const http::Request& request, json::Writer& out,
                                     http::Act& act) const {
  const std::string name = parameters["name"].text();
  const auto held = std::find_if(held_.begin(), held_.end(), [&](const Held& h) { return h.tool.name == name; });
  if (held == held_.end()) return Refusal{invalid_parameters, "no such tool: " + name.substr(0, 100)};

  http::Request asked;
  asked.method = "GET";
  asked.path = held->route.pattern;
  asked.target = held->route.pattern;
  asked.address = request.address;
  const json::View arguments = parameters["arguments"];
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view key = arguments.key(i);
    const auto& known = held->route.parameters;
    const auto parameter = std::find_if(known.begin(), known.end(), [&](const auto& p) { return p.name == key; });
    if (parameter == known.end())
      return Refusal{invalid_parameters, name + " takes no " + std::string(key.substr(0, 100))};
    auto& values = parameter->in == "path" ? asked.captures : asked.query;
    if (arguments.member(i).is(json::Kind::array))
      for (const json::View item : arguments.member(i).items()) values.emplace_back(key, item.text());
    else
      values.emplace_back(key, arguments.member(i).text());
  }
  for (const auto& parameter : held->route.parameters)
    if (parameter.in == "path" && http::first(asked.captures, parameter.name).empty())
      return Refusal{invalid_parameters, name + " needs " + std::string(parameter.name)};
  http::Response response = held->route.handler(asked);
  act = std::move(response.act);
  write_call(out, std::move(response));
  return std::nullopt;
}

void write_initialize(json::Writer& out, json::View parameters, const Context& context) {
  const std::string wanted = parameters["protocolVersion"].text();
  const bool known = std::find(revisions.begin(), revisions.end(), wanted) != revisions.end();
  out.begin_object().field("protocolVersion", known ? std::string_view(wanted) : revisions.front());
  out.key("capabilities").begin_object().key("tools").begin_object().end_object().end_object();
  out.key("serverInfo").begin_object().field("name", "moisson").field("title", context.title);
  out.field("version", context.build).end_object();
  out.field(
      "instructions",
      "A catalog of open data gathered from many portals. Search first, then read a record by its id; tell people "
      "the record's url, its publisher and its licence.");
  out.end_object();
}

http::Response json_answer(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

// {"jsonrpc","id"}, the id as it came: a string or a number (JSON-RPC 2.0 §4).
json::Writer envelope(json::View id) {
  json::Writer out;
  out.begin_object().field("jsonrpc", "2.0").key("id");
  id.is(json::Kind::string) || id.is(json::Kind::number) ? out.raw(id.dump()) : out.null();
  return out;
}

http::Response refuse(int status, json::View id, const Refusal& refusal) {
  json::Writer out = envelope(id);
  out.key("error").begin_object().key("code").integer(refusal.code).field("message", refusal.message);
  out.end_object().end_object();
  return json_answer(status, out.take());
}

http::Response answer(const Toolbox& toolbox, const Context& context, const http::Request& request) {
  if (parse_media_type(request.headers.get("Content-Type")).type != "application/json")
    return refuse(415, {}, {invalid_request, "a message is application/json"});
  const auto document = json::Document::parse(request.body);
  if (!document) return refuse(400, {}, {parse_error, to_string(document.error())});
  const json::View message = document->root();
  if (!message.is(json::Kind::object) || message["jsonrpc"].text() != "2.0")
    return refuse(400, {}, {invalid_request, "one JSON-RPC 2.0 message a request"});
  const json::View id = message["id"];
  const std::string method = message["method"].text();
  if (!id.exists() || method.empty()) {  // a notification, or a response: nothing to say
    http::Response accepted;
    accepted.status = 202;
    return accepted;
  }

  json::Writer out = envelope(id);
  out.key("result");
  std::optional<Refusal> refused;
  http::Act act;
  if (method == "initialize")
    write_initialize(out, message["params"], context);
  else if (method == "ping")
    out.begin_object().end_object();
  else if (method == "tools/list")
    toolbox.list(out);
  else if (method == "tools/call")
    refused = toolbox.call(message["params"], request, out, act);
  else
    refused = Refusal{no_method, "no such method: " + method.substr(0, 100)};
  if (refused) return refuse(200, id, *refused);
  out.end_object();
  return http::did(std::move(act), json_answer(200, out.take()));
}

}  // namespace

http::Route mcp_route(const std::vector<http::Route>& routes, const Context& context) {
  http::Route route{"POST", "/mcp", {}, "The Model Context Protocol, for assistants (streamable HTTP)", "assistants"};
  route.handler = [toolbox = std::make_shared<const Toolbox>(routes), context](const http::Request& request) {
    return answer(*toolbox, context, request);
  };
  route.cross_origin = true;
  route.access = http::Role::everyone;
  return route;
}

}  // namespace moisson::api
