#include "api/family_json.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/results_json.h"
#include "core/hash.h"
#include "core/media_type.h"
#include "http/conditional.h"
#include "index/as_typed.h"

#include <fmt/core.h>

#include <array>
#include <chrono>

namespace moisson::api {
namespace {

std::string tag(std::string_view what) { return fmt::format("\"{:016x}\"", hash64(what)); }

// A raw record is shown, never run: what a browser would execute goes out as plain text.
std::string_view safe_type(std::string_view stated) {
  static constexpr std::array<std::string_view, 6> inert{
      "application/json", "application/ld+json", "text/turtle", "application/n-triples", "text/csv", "text/plain"};
  const MediaType type = parse_media_type(stated);
  for (std::string_view known : inert)
    if (type.type == known) return known;
  return "text/plain";
}

}  // namespace

Result<http::Response> search_datasets(const Context& context, const http::Request& request) {
  const auto begin = std::chrono::steady_clock::now();
  const auto query = links::parse_query(request.query, reader_language(context, request));
  if (!query) return query.error();
  const auto snapshot = context.slot.current();
  if (!snapshot) return not_ready();

  // DESIGN: a list's tag is epoch, seq, query, language and build; the server adds the coding.
  const std::string etag = tag(fmt::format("{} {} {} {} {}", snapshot->epoch(), snapshot->seq(), context.build,
                                           query->language, links::query_string(*query)));
  if (http::is_fresh(request, etag)) return http::not_modified(etag);

  const auto results = snapshot->search(*query);
  if (!results) return results.error();
  const auto found = std::chrono::steady_clock::now();
  json::Writer out;
  write(out, *query, *results, context.links);
  const auto written = std::chrono::steady_clock::now();

  using Milliseconds = std::chrono::duration<double, std::milli>;
  auto response = json_response(out);
  response.headers.set("ETag", etag);
  response.headers.set("Server-Timing",
                       fmt::format("search;dur={:.3f}, write;dur={:.3f}", Milliseconds(found - begin).count(),
                                   Milliseconds(written - found).count()));
  if (query->page == 1 && query->cursor.value_or(0) == 0)
    response.act = http::Act::search(query->text, index::found_as_typed(*results));
  return response;
}

Result<http::Response> dataset(const Context& context, const http::Request& request) {
  const std::string_view id = http::first(request.captures, "id");
  const auto record = context.store.record(id);
  if (!record) return record.error();
  const std::string etag =
      tag(fmt::format("{} {} {} {}", context.store.epoch(), record->seq, record->id, context.build));
  if (http::is_fresh(request, etag)) return http::did(http::Act::view(record->id), http::not_modified(etag));
  const auto status = context.store.source(record->source_id);
  const auto family = context.store.family(id);
  if (!family) return family.error();

  json::Writer out;
  out.begin_object().field("id", record->id).field("url", context.links.dataset(record->id));
  out.key("record").raw(record->json).key("provenance").begin_object();
  out.key("source").begin_object().field("id", record->source_id);
  out.field("title", status ? status->source.title : record->source_id).end_object();
  out.field("remote_id", record->remote_id).field("remote_url", record->remote_url);
  out.key("trail").begin_array();
  for (const std::string& place : record->trail) out.string(place);
  out.end_array();
  out.field("first_seen", format_rfc3339(record->first_seen)).field("last_seen", format_rfc3339(record->last_seen));
  out.field("last_changed", format_rfc3339(record->last_changed)).key("job").integer(record->last_job);
  out.key("seq").unsigned_integer(record->seq).field("content_hash", record->content_hash);
  out.field("raw", context.links.dataset_raw(record->id)).end_object();
  out.key("family").begin_object();
  write_family(out, record->id, *family, context.links);
  out.end_object().end_object();
  auto response = json_response(out);
  response.headers.set("ETag", etag);
  return http::did(http::Act::view(record->id), std::move(response));
}

Result<http::Response> dataset_raw(const Context& context, const http::Request& request) {
  auto raw = context.store.raw(http::first(request.captures, "id"));
  if (!raw) return raw.error();
  http::Response response;
  response.headers.set("Content-Type", std::string(safe_type(raw->media_type)) + "; charset=utf-8");
  response.headers.set("Content-Security-Policy", "sandbox");
  response.headers.set("ETag", tag(raw->bytes));
  response.body = std::move(raw->bytes);
  return response;
}

}  // namespace moisson::api
