#include "api/openapi.h"

#include "core/hash.h"
#include "core/json.h"
#include "core/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace moisson::api {
namespace {

constexpr std::string_view about =
    "Reads the catalog. Errors are problems (RFC 9457) that name the parameter. Lists and records carry an ETag; send "
    "it "
    "back in If-None-Match. Of harvest jobs the public sees states, counts and the words of causes; places, messages "
    "and "
    "hints are for those who look after a source.";

std::vector<std::string_view> captures(std::string_view pattern) {
  std::vector<std::string_view> names;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1))
    names.push_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  return names;
}

// "GET /api/v1/datasets/{id}" → "get_datasets_id": stable, and a name in most languages.
std::string operation_id(const http::Route& route) {
  std::string id = lower_ascii(route.method);
  std::string_view pattern = route.pattern;
  if (pattern.starts_with("/api/v1")) pattern.remove_prefix(7);
  bool gap = true;
  for (char c : pattern) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter && gap) id += '_';
    if (letter) id += c;
    gap = !letter;
  }
  return id;
}

void write_parameter(json::Writer& out, const http::RouteParameter& parameter) {
  out.begin_object().field("name", parameter.name).field("in", parameter.in);
  if (parameter.in == "path") out.key("required").boolean(true);
  if (!parameter.documentation.empty()) out.field("description", parameter.documentation);
  out.key("schema").begin_object();
  if (parameter.repeated)
    out.field("type", "array").key("items").begin_object().field("type", parameter.type).end_object();
  else
    out.field("type", parameter.type);
  out.end_object();
  if (parameter.repeated) out.key("explode").boolean(true);
  out.end_object();
}

void write_parameters(json::Writer& out, const http::Route& route) {
  out.key("parameters").begin_array();
  for (std::string_view name : captures(route.pattern)) {
    const auto described = std::find_if(route.parameters.begin(), route.parameters.end(),
                                        [&](const auto& p) { return p.name == name && p.in == "path"; });
    if (described == route.parameters.end()) write_parameter(out, {name, "path", ""});
  }
  for (const http::RouteParameter& parameter : route.parameters) write_parameter(out, parameter);
  out.end_array();
}

// Programs show a token; what is open to everyone asks for none, though it may tell more to who shows one.
void write_security(json::Writer& out, const http::Route& route) {
  const bool open = http::least_role(route) == http::Role::everyone;
  if (!http::asks_who(route)) return;
  out.key("security").begin_array();
  if (open) out.begin_object().end_object();
  out.begin_object().key("token").begin_array().end_array().end_object();
  out.end_array();
  if (!open) out.field("x-least-role", http::to_string(http::least_role(route)));
}

void write_operation(json::Writer& out, const http::Route& route) {
  out.key(lower_ascii(route.method)).begin_object();
  out.field("operationId", operation_id(route)).field("summary", route.summary);
  out.key("tags").begin_array().string(route.tag).end_array();
  write_security(out, route);
  write_parameters(out, route);
  out.key("responses").begin_object().key("200").begin_object().field("description", "What was asked for");
  out.key("content").begin_object().key(route.media_type).begin_object().end_object().end_object().end_object();
  out.key("default").begin_object().field("$ref", "#/components/responses/Problem").end_object();
  out.end_object().end_object();
}

void write_components(json::Writer& out) {
  out.key("components").begin_object();
  out.key("securitySchemes").begin_object().key("token").begin_object();
  out.field("type", "http").field("scheme", "bearer");
  out.field("description", "An API token: Authorization: Bearer TOKEN. x-least-role names the role that it needs.");
  out.end_object().end_object();
  out.key("responses").begin_object().key("Problem").begin_object().field("description", "An error (RFC 9457)");
  out.key("content").begin_object().key("application/problem+json").begin_object().key("schema").begin_object();
  out.field("$ref", "#/components/schemas/Problem").end_object().end_object().end_object().end_object().end_object();
  out.key("schemas")
      .begin_object()
      .key("Problem")
      .begin_object()
      .field("type", "object")
      .key("properties")
      .begin_object();
  for (auto [name, type] : {std::pair{"type", "string"},
                            {"title", "string"},
                            {"status", "integer"},
                            {"detail", "string"},
                            {"field", "string"}})
    out.key(name).begin_object().field("type", type).end_object();
  out.end_object().key("required").begin_array().string("type").string("title").string("status").end_array();
  out.end_object().end_object().end_object();
}

}  // namespace

std::string openapi(std::span<const http::Route> routes, const Context& context) {
  std::vector<const http::Route*> told;
  for (const http::Route& route : routes)
    if (!route.tag.empty()) told.push_back(&route);
  // One path item for all methods of an address.
  std::stable_sort(told.begin(), told.end(), [](const auto* a, const auto* b) { return a->pattern < b->pattern; });

  json::Writer out;
  out.begin_object().field("openapi", "3.1.0").key("info").begin_object();
  out.field("title", context.title).field("version", "1").field("description", about).end_object();
  out.key("servers").begin_array().begin_object().field("url", context.links.base()).end_object().end_array();
  out.key("paths").begin_object();
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (i == 0 || told[i]->pattern != told[i - 1]->pattern) out.key(told[i]->pattern).begin_object();
    write_operation(out, *told[i]);
    if (i + 1 == told.size() || told[i + 1]->pattern != told[i]->pattern) out.end_object();
  }
  out.end_object();
  write_components(out);
  out.end_object();
  return out.take();
}

http::Route openapi_route(const std::vector<http::Route>& routes, const Context& context) {
  http::Route route;
  route.method = "GET";
  route.pattern = "/openapi.json";
  route.summary = "This description";
  route.tag = "operations";
  route.max_age_s = 3600;
  std::vector<http::Route> all = routes;
  all.push_back(route);
  const std::string text = openapi(all, context);
  const std::string etag = fmt::format("\"{:016x}\"", hash64(text));
  route.handler = [text, etag](const http::Request&) {
    http::Response response;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("ETag", etag);
    response.body = text;
    return response;
  };
  return route;
}

}  // namespace moisson::api
