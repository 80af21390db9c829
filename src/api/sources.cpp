#include "api/handlers.h"
#include "api/job_json.h"
#include "api/parameter.h"
#include "api/source_json.h"
#include "core/cause.h"

#include <limits>

namespace moisson::api {
namespace {

// Those who look after a source see all of it, before it is public too.
bool looks_after(const http::Request& request, std::string_view source) {
  return request.identity.may(http::Role::reader, source);
}

Detail detail_for(const http::Request& request, std::string_view source) {
  return looks_after(request, source) ? Detail::everything : Detail::states;
}

Result<store::SourceStatus> shown_source(const Context& context, const http::Request& request, std::string_view id) {
  auto status = context.store.source(id);
  if (status && !harvest::is_public(status->source.state) && !looks_after(request, id))
    return Error{ErrorCode::not_found, "no such source", "id", ""};
  return status;
}

Result<harvest::HarvestJob> shown_job(const Context& context, const http::Request& request) {
  const auto id = job_number(request);
  if (!id) return id.error();
  auto job = context.store.job(*id);
  if (!job) return job;
  if (const auto status = shown_source(context, request, job->source_id); !status) return status.error();
  return job;
}

}  // namespace

Result<http::Response> sources(const Context& context, const http::Request& request) {
  const auto all = context.store.sources();
  if (!all) return all.error();
  json::Writer out;
  out.begin_object().key("sources").begin_array();
  for (const store::SourceStatus& status : *all)
    if (harvest::is_public(status.source.state) || looks_after(request, status.source.id))
      write(out, status, context.links, detail_for(request, status.source.id));
  out.end_array().end_object();
  return json_response(out);
}

Result<http::Response> source(const Context& context, const http::Request& request) {
  const auto status = shown_source(context, request, http::first(request.captures, "id"));
  if (!status) return status.error();
  json::Writer out;
  write(out, *status, context.links, detail_for(request, status->source.id));
  return json_response(out);
}

Result<http::Response> source_mapping(const Context& context, const http::Request& request) {
  const auto status = shown_source(context, request, http::first(request.captures, "id"));
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
  const auto status = shown_source(context, request, http::first(request.captures, "id"));
  if (!status) return status.error();
  const auto limit = number(request, "limit", 20, 1, 100);
  if (!limit) return limit.error();
  const auto before = number(request, "before", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!before) return before.error();
  const auto jobs = context.store.jobs(status->source.id, *limit, static_cast<std::int64_t>(*before));
  if (!jobs) return jobs.error();
  json::Writer out;
  out.begin_object().key("jobs").begin_array();
  for (const harvest::HarvestJob& job : *jobs)
    write(out, job, detail_for(request, status->source.id), context.clock.now());
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
  const auto found = shown_job(context, request);
  if (!found) return found.error();
  json::Writer out;
  write(out, *found, detail_for(request, found->source_id), context.clock.now());
  return json_response(out);
}

Result<http::Response> job_records(const Context& context, const http::Request& request) {
  const auto found = shown_job(context, request);
  if (!found) return found.error();
  const auto outcome = outcome_filter(request);
  if (!outcome) return outcome.error();
  const auto part = row_page(request);
  if (!part) return part.error();
  const auto page = context.store.job_records(found->id, *outcome, part->after, part->limit);
  if (!page) return page.error();
  json::Writer out;
  write(out, *page, detail_for(request, found->source_id));
  return json_response(out);
}

}  // namespace moisson::api
