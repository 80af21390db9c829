#include "api/handlers.h"
#include "api/parameter.h"

namespace moisson::api {

Result<http::Response> health(const Context&, const http::Request&) {
  http::Response response;
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string("ok\n");
  return response;
}

// Ready: something can be searched. How far it is behind is told, not judged.
Result<http::Response> readiness(const Context& context, const http::Request&) {
  const auto snapshot = context.slot.current();
  json::Writer out;
  out.begin_object().key("ready").boolean(snapshot != nullptr).key("lag").unsigned_integer(context.lag());
  out.field("epoch", context.store.epoch()).key("store_seq").unsigned_integer(context.store.last_seq());
  out.key("index_seq").unsigned_integer(snapshot ? snapshot->seq() : 0).end_object();
  auto response = json_response(out);
  response.headers.set("Cache-Control", "no-store");
  if (!snapshot) response.status = 503;
  return response;
}

}  // namespace moisson::api
