#include "api/handlers.h"
#include "api/parameter.h"

#include "core/text.h"

namespace moisson::api {
namespace {

constexpr std::size_t max_bytes = 200;  // nobody completes a longer beginning

}  // namespace

Result<http::Response> suggestions(const Context& context, const http::Request& request) {
  const auto limit = number(request, "limit", 10, 1, 20);
  if (!limit) return limit.error();
  const auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();
  const auto found = snapshot->suggest(cut(http::first(request.query, "q"), max_bytes),
                                       reader_language(context, request), static_cast<std::uint32_t>(*limit));
  if (!found) return found.error();
  json::Writer out;
  out.begin_object().key("suggestions").begin_array();
  for (const index::Suggestion& suggestion : *found)
    out.begin_object()
        .field("text", suggestion.text)
        .field("kind", suggestion.kind)
        .field("value", suggestion.value)
        .key("count")
        .unsigned_integer(suggestion.count)
        .end_object();
  out.end_array().end_object();
  return json_response(out);
}

}  // namespace moisson::api
