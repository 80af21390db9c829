#include "api/operator_handlers.h"
#include "api/parameter.h"

namespace moisson::api {
namespace {

http::Response done(std::string_view id, std::string_view outcome) {
  json::Writer out;
  out.begin_object().field("id", id).field("outcome", outcome).end_object();
  return json_response(out);
}

}  // namespace

Result<http::Response> refresh_record(const Context& context, const http::Request& request) {
  const auto id = http::first(request.captures, "id");
  const auto outcome = context.control.refresh(id);
  if (!outcome) return outcome.error();
  return done(id, harvest::to_string(*outcome));
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

}  // namespace moisson::api
