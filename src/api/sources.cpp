#include "api/handlers.h"
#include "api/job_json.h"
#include "api/parameter.h"
#include "api/public_source.h"
#include "api/source_json.h"
#include "core/cause.h"

#include <charconv>
#include <limits>

namespace moisson::api {
namespace {

Result<harvest::HarvestJob> public_job(const Context& context, const http::Request& request) {
  const std::string_view text = http::first(request.captures, "id");
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size())
    return Error{ErrorCode::not_found, "no such job", "id", ""};
  auto job = context.store.job(id);
  if (!job) return job;
  if (const auto status = public_source(context, job->source_id); !status) return status.error();
  return job;
}

}  // namespace

Result<http::Response> sources(const Context& context, const http::Request&) {
  const auto all = context.store.sources();
  if (!all) return all.error();
  json::Writer out;
  out.begin_object().key("sources").begin_array();
  for (const store::SourceStatus& status : *all)
    if (is_public(status)) write(out, status, context.links, Detail::states);
  out.end_array().end_object();
  return json_response(out);
}

Result<http::Response> source(const Context& context, const http::Request& request) {
  const auto status = public_source(context, http::first(request.captures, "id"));
  if (!status) return status.error();
  json::Writer out;
  write(out, *status, context.links, Detail::states);
  return json_response(out);
}

Result<http::Response> source_mapping(const Context& context, const http::Request& request) {
  const auto status = public_source(context, http::first(request.captures, "id"));
  if (!status) return status.error();
  const auto mapping = context.store.mapping(status->source.id);
  if (!mapping) return mapping.error();
  json::Writer out;
  out.begin_object().key("job");
  mapping->job != 0 ? out.integer(mapping->job) : out.null();
  out.key("properties");
  write(out, mapping->tallies);
  out.end_object();
  return json_response(out);
}

Result<http::Response> source_jobs(const Context& context, const http::Request& request) {
  const auto status = public_source(context, http::first(request.captures, "id"));
  if (!status) return status.error();
  const auto limit = number(request, "limit", 20, 1, 100);
  if (!limit) return limit.error();
  const auto before = number(request, "before", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!before) return before.error();
  const auto jobs = context.store.jobs(status->source.id, *limit, static_cast<std::int64_t>(*before));
  if (!jobs) return jobs.error();
  json::Writer out;
  out.begin_object().key("jobs").begin_array();
  for (const harvest::HarvestJob& job : *jobs) write(out, job, Detail::states);
  out.end_array().key("next_before");
  jobs->size() == *limit ? out.integer(jobs->back().id) : out.null();
  out.end_object();
  return json_response(out);
}

Result<http::Response> causes(const Context&, const http::Request&) {
  json::Writer out;
  const auto text = [&](std::string_view language, const CauseText& words) {
    out.key(language).begin_object().field("label", words.label).field("explanation", words.explanation);
    out.field("fix", words.fix).end_object();
  };
  out.begin_object().key("causes").begin_array();
  for (const Cause& cause : all_causes()) {
    out.begin_object().field("cause", cause.word);
    text("fr", cause.fr);
    text("en", cause.en);
    out.end_object();
  }
  out.end_array().end_object();
  return json_response(out);
}

Result<http::Response> job(const Context& context, const http::Request& request) {
  const auto found = public_job(context, request);
  if (!found) return found.error();
  json::Writer out;
  write(out, *found, Detail::states);
  return json_response(out);
}

Result<http::Response> job_records(const Context& context, const http::Request& request) {
  const auto found = public_job(context, request);
  if (!found) return found.error();
  std::optional<harvest::RecordOutcome> outcome;
  if (const std::string_view word = http::first(request.query, "outcome"); !word.empty()) {
    outcome = harvest::record_outcome(word);
    if (!outcome)
      return Error{ErrorCode::invalid_input, "no outcome has that name", "outcome",
                   "created, updated, unchanged, moved, skipped, failed or removed"};
  }
  const auto limit = number(request, "limit", 100, 1, 1000);
  if (!limit) return limit.error();
  const auto after = number(request, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!after) return after.error();
  const auto page = context.store.job_records(found->id, outcome, *after, *limit);
  if (!page) return page.error();
  json::Writer out;
  out.begin_object().key("records").begin_array();
  for (const harvest::JobRecord& row : page->rows) write(out, row, Detail::states);
  out.end_array().key("next_after");
  page->next != 0 ? out.unsigned_integer(page->next) : out.null();
  out.end_object();
  return json_response(out);
}

}  // namespace moisson::api
