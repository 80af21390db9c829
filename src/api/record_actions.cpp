#include "api/job_json.h"
#include "api/operator_handlers.h"
#include "api/parameter.h"

namespace moisson::api {
namespace {

http::Response done(std::string_view id, std::string_view outcome) {
  json::Writer out;
  out.begin_object().field("id", id).field("outcome", outcome).end_object();
  return json_response(out);
}

Result<http::Response> keep_apart(const Context& context, const http::Request& request, bool apart) {
  const auto id = http::first(request.captures, "id"), other = http::first(request.query, "other");
  if (other.empty()) return Error{ErrorCode::invalid_input, "name the other record", "other", ""};
  if (const auto kept = context.control.keep_apart(id, other, apart); !kept) return kept.error();
  return done(id, apart ? "separated" : "joined");
}

}  // namespace

Result<http::Response> refresh_record(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  if (const auto begun = context.control.begin_refresh(id); !begun) return begun.error();
  auto response = record_refresh(context, request);
  if (!response) return response;
  response->headers.set("Location", context.links.page("/api/v1/records/" + std::string(id) + "/refresh"));
  return response;
}

Result<http::Response> record_refresh(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  const auto refresh = context.control.refreshed(id);
  if (!refresh) return Error{ErrorCode::not_found, "this record was not read again lately", "", ""};
  json::Writer out;
  out.begin_object().field("id", id).field("state", !refresh->ended ? "reading" : refresh->error ? "failed" : "done");
  out.field("began", format_rfc3339(refresh->began)).key("ended");
  refresh->ended ? out.string(format_rfc3339(*refresh->ended)) : out.null();
  out.key("outcome");
  refresh->outcome ? out.string(harvest::to_string(*refresh->outcome)) : out.null();
  out.key("error");
  if (refresh->error)
    write(out, *refresh->error, Detail::everything);
  else
    out.null();
  out.end_object();
  return json_response(out);
}

Result<http::Response> withdraw_record(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  if (const auto withdrawn = context.control.withdraw(id); !withdrawn) return withdrawn.error();
  return done(id, "withdrawn");
}

Result<http::Response> release_record(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  if (const auto released = context.control.release(id); !released) return released.error();
  return done(id, "released");
}

Result<http::Response> separate_record(const Context& context, const http::Request& request) {
  return keep_apart(context, request, true);
}

Result<http::Response> join_record(const Context& context, const http::Request& request) {
  return keep_apart(context, request, false);
}

}  // namespace moisson::api
