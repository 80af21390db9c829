#include "api/csv.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/usage_json.h"
#include "store/usage_book.h"

#include <fmt/core.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace moisson::api {
namespace {

using store::SubjectKind;
using store::SubjectTotal;
using store::UsageCounts;
using store::UsageHour;

constexpr std::size_t listed_subjects = 50;

std::string iso_day(Instant instant) { return format_moment({instant, Precision::day}); }

void write_time(json::Writer& out, std::string_view name, std::optional<std::chrono::microseconds> time) {
  out.key(name);
  time ? out.number(static_cast<double>(time->count()) / 1000) : out.null();
}

void write_hour(json::Writer& out, const UsageHour& hour) {
  out.begin_object().field("hour", format_rfc3339(hour.hour));
  write_counts(out, hour.total());
  write_time(out, "median_ms", store::quantile(hour.times, .5));
  write_time(out, "p99_ms", store::quantile(hour.times, .99));
  out.key("families").begin_object();
  for (const auto family : store::client_families) {
    out.key(to_string(family)).begin_object();
    write_counts(out, hour.of(family));
    out.end_object();
  }
  out.end_object().end_object();
}

void write_queries(json::Writer& out, std::string_view name, const std::vector<SubjectTotal>& totals) {
  out.key(name).begin_array();
  for (const SubjectTotal& total : totals)
    out.begin_object()
        .field("query", total.subject)
        .key("times")
        .unsigned_integer(total.times)
        .key("without_result")
        .unsigned_integer(total.without_result)
        .field("since", iso_day(total.since))
        .end_object();
  out.end_array();
}

void write_records(json::Writer& out, std::string_view name, const std::vector<SubjectTotal>& totals,
                   const links::Links& links) {
  out.key(name).begin_array();
  for (const SubjectTotal& total : totals)
    out.begin_object()
        .field("id", total.subject)
        .field("url", links.dataset(total.subject))
        .key("times")
        .unsigned_integer(total.times)
        .end_object();
  out.end_array();
}

std::string milliseconds(std::optional<std::chrono::microseconds> time) {
  return time ? fmt::format("{:.3f}", static_cast<double>(time->count()) / 1000) : std::string();
}

void append_counts(std::vector<std::string>& cells, const UsageCounts& counts) {
  for (const std::uint64_t count :
       {counts.requests, counts.searches, counts.without_result, counts.views, counts.downloads})
    cells.push_back(std::to_string(count));
}

std::vector<std::string> columns() {
  std::vector<std::string> names{"hour"};
  const auto counts = [&](std::string_view family) {
    for (const std::string_view count : {"requests", "searches", "without_result", "views", "downloads"})
      names.push_back(std::string(family) + std::string(count));
  };
  counts("");
  names.insert(names.end(), {"median_ms", "p99_ms"});
  for (const auto family : store::client_families) counts(std::string(to_string(family)) + "_");
  return names;
}

}  // namespace

Result<http::Response> stats(const Context& context, const http::Request& request) {
  const auto span = usage_span(context, request);
  if (!span) return span.error();
  const store::UsageBook& book = context.store.usage();
  const auto hours = book.hours(span->from, span->end());
  if (!hours) return hours.error();
  const auto queries = book.top(SubjectKind::query, span->from, span->end(), listed_subjects);
  if (!queries) return queries.error();
  const auto missing = book.missing(span->from, span->end(), listed_subjects);
  if (!missing) return missing.error();
  const auto viewed = book.top(SubjectKind::view, span->from, span->end(), listed_subjects);
  if (!viewed) return viewed.error();
  const auto downloaded = book.top(SubjectKind::download, span->from, span->end(), listed_subjects);
  if (!downloaded) return downloaded.error();

  json::Writer out;
  out.begin_object().field("from", iso_day(span->from)).field("to", iso_day(span->last)).field("timezone", "UTC");
  out.key("minimum_visitors").unsigned_integer(store::visitors_needed);
  out.field("method", context.links.page("/stats#methode")).key("hours").begin_array();
  for (const UsageHour& hour : *hours) write_hour(out, hour);
  out.end_array();
  write_queries(out, "queries", *queries);
  write_queries(out, "missing", *missing);
  write_records(out, "viewed", *viewed, context.links);
  write_records(out, "downloaded", *downloaded, context.links);
  out.end_object();
  return json_response(out);
}

Result<http::Response> stats_csv(const Context& context, const http::Request& request) {
  const auto span = usage_span(context, request);
  if (!span) return span.error();
  const auto form = csv_form(request);
  if (!form) return form.error();
  const auto hours = context.store.usage().hours(span->from, span->end());
  if (!hours) return hours.error();

  std::string text(csv_beginning(*form));
  append_row(text, columns(), *form);
  for (const UsageHour& hour : *hours) {
    std::vector<std::string> cells{format_rfc3339(hour.hour)};
    append_counts(cells, hour.total());
    cells.push_back(milliseconds(store::quantile(hour.times, .5)));
    cells.push_back(milliseconds(store::quantile(hour.times, .99)));
    for (const auto family : store::client_families) append_counts(cells, hour.of(family));
    append_row(text, cells, *form);
  }
  http::Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8; header=present");
  response.headers.set("Content-Disposition", "attachment; filename=\"stats.csv\"");
  response.body = std::move(text);
  return response;
}

}  // namespace moisson::api
