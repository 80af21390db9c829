#include "api/handlers.h"
#include "api/parameter.h"
#include "http/problem.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace moisson::api {
namespace {

constexpr std::uint64_t max_changes = 5000;
constexpr std::uint64_t max_records = 500;  // a record may be megabytes
constexpr std::chrono::seconds longest_wait{60};

struct Since {
  std::string epoch;  // empty: from the start
  std::uint64_t seq = 0;
};

Result<Since> read_since(const http::Request& request) {
  const std::string_view text = http::first(request.query, "since");
  if (text.empty() || text == "0") return Since{};
  const auto colon = text.rfind(':');
  Since since;
  const std::string_view digits = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), since.seq);
  if (colon == 0 || digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    return Error{ErrorCode::invalid_input, "not EPOCH:SEQ as a former answer gave it, nor 0 for the start", "since",
                 ""};
  since.epoch = text.substr(0, colon);
  return since;
}

// Whoever replayed the log cannot go on from there: what they hold may be wrong.
http::Response begin_again(std::string_view why) {
  return http::problem(410, std::string(why) + "; begin again with since=0", "since");
}

// Whoever has everything may wait for the next change, without holding a thread (Response::later).
std::optional<http::Response> not_yet(const http::Request& request, std::chrono::seconds wait) {
  if (request.received == std::chrono::steady_clock::time_point{}) return std::nullopt;
  const auto until = request.received + std::min(wait, longest_wait);
  if (std::chrono::steady_clock::now() >= until) return std::nullopt;
  http::Response response;
  response.later = until;
  return response;
}

void write_change(json::Writer& out, const store::Change& change, const links::Links& links) {
  out.begin_object().key("seq").unsigned_integer(change.seq).field("id", change.id);
  out.field("kind", change.removed ? "removed" : "upsert").field("at", format_rfc3339(change.at));
  if (change.record) {
    const store::StoredRecord& record = *change.record;
    out.field("source", record.source_id).field("remote_id", record.remote_id).field("remote_url", record.remote_url);
    out.field("first_seen", format_rfc3339(record.first_seen)).key("trail").begin_array();
    for (const std::string& place : record.trail) out.string(place);
    out.string(links.dataset(record.id)).end_array().key("record").raw(record.json);
  }
  out.end_object();
}

}  // namespace

Result<http::Response> changes(const Context& context, const http::Request& request) {
  const auto since = read_since(request);
  if (!since) return since.error();
  const std::string_view include = http::first(request.query, "include");
  if (!include.empty() && include != "record")
    return Error{ErrorCode::invalid_input, "the only thing to include is record", "include", ""};
  const bool records = include == "record";
  const auto limit = number(request, "limit", records ? 100 : 1000, 1, records ? max_records : max_changes);
  if (!limit) return limit.error();
  if (!since->epoch.empty() && since->epoch != context.store.epoch())
    return begin_again("the catalog has begun a new epoch");

  const auto wait = number(request, "wait", 0, 0, 3600);
  if (!wait) return wait.error();

  const auto page = context.store.changes(since->seq, *limit, records);
  if (!page && page.error().code == ErrorCode::not_found) return begin_again("the change log does not keep this place");
  if (!page) return page.error();

  if (page->changes.empty() && *wait > 0)
    if (auto deferred = not_yet(request, std::chrono::seconds(*wait))) return std::move(*deferred);

  json::Writer out;
  out.begin_object().field("epoch", page->epoch).key("changes").begin_array();
  for (const store::Change& change : page->changes) write_change(out, change, context.links);
  out.end_array().key("last_seq").unsigned_integer(page->last_seq);
  out.field("next_since", page->epoch + ":" + std::to_string(page->last_seq))
      .key("more")
      .boolean(page->more)
      .end_object();
  return json_response(out);
}

}  // namespace moisson::api
