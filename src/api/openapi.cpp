#include "api/openapi.h"

#include "api/embedded.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/text.h"
#include "http/problem.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace moisson::api {
namespace {

constexpr std::string_view about =
    "Reads the catalog. Errors are problems (RFC 9457) that name the parameter; each has an example. Lists and records "
    "carry an ETag: send it back in If-None-Match. RateLimit and RateLimit-Policy "
    "(draft-ietf-httpapi-ratelimit-headers-11) tell what is left of your requests. Of harvest jobs the public sees "
    "states, "
    "counts and the words of causes; places, messages and hints are for those who look after a source.";

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

// What the table of routes cannot say in a line: shapes of answers and bodies, values that work. By operation id.
const json::Document& supplement() {
  static const json::Document document = std::move(json::Document::parse(embedded("openapi.json")).value());
  return document;
}

const json::Document& error_examples() {
  static const json::Document document = std::move(json::Document::parse(embedded("error_examples.json")).value());
  return document;
}

// "{record}" stands for the id of one that is there; null if there is none.
std::string example_text(json::View example, const LiveExamples& live) {
  if (example.text() == "{record}") return live.record;
  if (example.text() == "{source}") return live.source;
  if (example.text() == "{job}") return live.job;
  return example.text();
}

void reference(json::Writer& out, std::string_view schema) {
  out.key("schema").begin_object().field("$ref", "#/components/schemas/" + std::string(schema)).end_object();
}

// "content" with each example of the operation and status ("*", 0: those that any operation may give).
void write_examples(json::Writer& out, std::string_view operation, std::int64_t status) {
  std::map<std::string, std::vector<json::View>> by_type;
  for (const json::View example : error_examples().root().items())
    if (example["operation"].text() == operation && (status == 0 || example["status"].integer() == status))
      by_type[example["media_type"].text()].push_back(example);
  out.key("content").begin_object();
  for (const auto& [type, examples] : by_type) {
    out.key(type).begin_object();
    reference(out, type == "application/problem+json" ? "Problem" : "Refusal");
    out.key("examples").begin_object();
    for (const json::View example : examples) {
      out.key(example["name"].text()).begin_object().field("summary", example["request"].text());
      out.key("value").raw(example["body"].dump()).end_object();
    }
    out.end_object().end_object();
  }
  out.end_object();
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

std::string_view done(int success) {
  if (success == 201) return "It was made; Location names it";
  if (success == 202) return "It has begun; Location, where there is one, names the place where it is followed";
  return "What was asked for";
}

class Description {
 public:
  Description(const http::Route& route, const LiveExamples& live)
      : route_(route), live_(live), id_(operation_id(route)), more_(supplement().root()["operations"][id_]) {}

  void write(json::Writer& out) const {
    out.key(lower_ascii(route_.method)).begin_object();
    out.field("operationId", id_).field("summary", route_.summary);
    out.key("tags").begin_array().string(route_.tag).end_array();
    write_security(out, route_);
    parameters(out);
    if (more_["body"].exists()) out.key("requestBody").raw(more_["body"].dump());
    out.key("responses").begin_object().key(std::to_string(route_.success)).begin_object();
    out.field("description", done(route_.success));
    out.key("content").begin_object().key(route_.media_type).begin_object();
    const json::View answer =
        more_["answer"].exists() ? more_["answer"] : supplement().root()["tags"][route_.tag]["answer"];
    if (answer.exists()) reference(out, answer.text());
    out.end_object().end_object().end_object();
    errors(out);
    out.key("default").begin_object().field("$ref", "#/components/responses/Problem").end_object();
    out.end_object().end_object();
  }

 private:
  void parameters(json::Writer& out) const {
    out.key("parameters").begin_array();
    for (std::string_view name : captures(route_.pattern)) {
      const auto described = std::find_if(route_.parameters.begin(), route_.parameters.end(),
                                          [&](const auto& p) { return p.name == name && p.in == "path"; });
      if (described == route_.parameters.end()) parameter(out, {name, "path", ""});
    }
    for (const http::RouteParameter& each : route_.parameters) parameter(out, each);
    out.end_array();
  }

  void parameter(json::Writer& out, const http::RouteParameter& parameter) const {
    const json::View own = more_["parameters"][parameter.name];
    const json::View known = own.exists() ? own : supplement().root()["parameters"][parameter.name];
    out.begin_object().field("name", parameter.name).field("in", parameter.in);
    if (parameter.in == "path" || known["required"].boolean().value_or(false)) out.key("required").boolean(true);
    if (!parameter.documentation.empty()) out.field("description", parameter.documentation);
    out.key("schema").begin_object();
    if (parameter.repeated) out.field("type", "array").key("items").begin_object();
    out.field("type", parameter.type);
    for (const std::string_view limit : {"minimum", "maximum", "default", "enum", "format", "maxLength"})
      if (known[limit].exists()) out.key(limit).raw(known[limit].dump());
    if (parameter.repeated) out.end_object();
    out.end_object();
    if (parameter.repeated) out.key("explode").boolean(true);
    if (const std::string example = example_text(known["example"], live_); !example.empty()) {
      out.key("example");
      if (parameter.repeated) out.begin_array();
      parameter.type == "integer" ? out.raw(example) : out.string(example);
      if (parameter.repeated) out.end_array();
    }
    out.end_object();
  }

  // The errors that have an example: what the tests saw this operation answer.
  void errors(json::Writer& out) const {
    std::set<std::int64_t> statuses;
    for (const json::View example : error_examples().root().items())
      if (example["operation"].text() == id_) statuses.insert(example["status"].integer().value_or(0));
    for (const std::int64_t status : statuses) {
      out.key(std::to_string(status)).begin_object();
      out.field("description", http::reason(static_cast<int>(status)));
      write_examples(out, id_, status);
      out.end_object();
    }
  }

  const http::Route& route_;
  const LiveExamples& live_;
  const std::string id_;
  const json::View more_;
};

void write_components(json::Writer& out) {
  out.key("components").begin_object();
  out.key("securitySchemes").begin_object().key("token").begin_object();
  out.field("type", "http").field("scheme", "bearer");
  out.field("description", "An API token: Authorization: Bearer TOKEN. x-least-role names the role that it needs.");
  out.end_object().end_object();
  out.key("responses").begin_object().key("Problem").begin_object();
  out.field("description", "Any other error, as a problem (RFC 9457); these may meet every request");
  write_examples(out, "*", 0);
  out.end_object().end_object();
  out.key("schemas").raw(supplement().root()["schemas"].dump()).end_object();
}

}  // namespace

std::string openapi(std::span<const http::Route> routes, const Context& context, const LiveExamples& live) {
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
    Description(*told[i], live).write(out);
    if (i + 1 == told.size() || told[i + 1]->pattern != told[i]->pattern) out.end_object();
  }
  out.end_object();
  out.key("webhooks").raw(supplement().root()["webhooks"].dump());
  write_components(out);
  out.end_object();
  return out.take();
}

LiveExamples live_examples(const store::Store& store) {
  LiveExamples live;
  if (const auto records = store.records_after(0, 1); records && !records->empty()) {
    live.record = records->front().id;
    live.source = records->front().source_id;
  }
  if (const auto jobs = store.jobs(live.source, 1); jobs && !jobs->empty()) live.job = std::to_string(jobs->front().id);
  return live;
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
  route.handler = [all = std::move(all), context](const http::Request&) {
    std::string text = openapi(all, context, live_examples(context.store));
    http::Response response;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("ETag", fmt::format("\"{:016x}\"", hash64(text)));
    response.body = std::move(text);
    return response;
  };
  return route;
}

}  // namespace moisson::api
