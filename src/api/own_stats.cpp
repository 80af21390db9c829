// A key's own figures, and whether its holder is named beside them: what a key asks about itself.
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/usage_json.h"
#include "core/text.h"
#include "http/problem.h"
#include "store/usage_book.h"

#include <string>

namespace moisson::api {
namespace {

constexpr std::size_t max_name_bytes = 100;

http::Response key_needed() {
  auto response = http::problem(401, "show a key: Authorization: Bearer …");
  response.headers.set("WWW-Authenticate", "Bearer");  // RFC 6750 §3
  return response;
}

Result<http::Response> named(const Context& context, const http::Request& request, std::string_view name) {
  if (request.key.empty() || !context.name_client) return key_needed();
  if (auto done = context.name_client(request.key, name); !done) return done.error();
  json::Writer out;
  out.begin_object().field("name", name).end_object();
  return json_response(out);
}

}  // namespace

Result<http::Response> own_stats(const Context& context, const http::Request& request) {
  if (request.key.empty()) return key_needed();
  const auto span = usage_span(context, request);
  if (!span) return span.error();
  const auto hours = context.store.usage().client_hours(request.key, span->from, span->end());
  if (!hours) return hours.error();
  const auto name = context.store.usage().client_name(request.key);
  if (!name) return name.error();
  json::Writer out;
  out.begin_object().field("key", request.key).field("name", *name).key("hours").begin_array();
  for (const store::ClientHour& hour : *hours) {
    out.begin_object().field("hour", format_rfc3339(hour.hour));
    write_counts(out, hour.counts);
    out.end_object();
  }
  out.end_array().end_object();
  auto response = json_response(out);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

Result<http::Response> be_named(const Context& context, const http::Request& request) {
  const auto document = json::Document::parse(request.body);
  const auto name = document ? document->root()["name"].string() : std::nullopt;
  const std::string clean = name ? std::string(trim(clean_utf8(*name))) : std::string();
  if (clean.empty() || clean.size() > max_name_bytes)
    return Error{ErrorCode::invalid_input, "a name of 1 to 100 bytes", "name", "send {\"name\": \"…\"} as JSON"};
  return named(context, request, clean);
}

Result<http::Response> be_unnamed(const Context& context, const http::Request& request) {
  return named(context, request, {});
}

Result<http::Response> named_clients(const Context& context, const http::Request& request) {
  const auto span = usage_span(context, request);
  if (!span) return span.error();
  const auto clients = context.store.usage().named_clients(span->from, span->end());
  if (!clients) return clients.error();
  json::Writer out;
  out.begin_object().key("clients").begin_array();
  for (const store::ClientTotal& client : *clients) {
    out.begin_object().field("name", client.name);
    write_counts(out, client.counts);
    out.end_object();
  }
  out.end_array().end_object();
  return json_response(out);
}

}  // namespace moisson::api
