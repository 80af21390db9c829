#include "api/handlers.h"
#include "core/hash.h"
#include "core/xml.h"
#include "http/conditional.h"

#include <fmt/core.h>

namespace moisson::api {
namespace {

using xml::escape;

constexpr std::size_t entries = 50;

// "3 created, 2 updated", in the closed words that API, command line and page share.
std::string counts_line(const harvest::Counts& counts) {
  using harvest::RecordOutcome;
  std::string line;
  for (const auto outcome :
       {RecordOutcome::created, RecordOutcome::updated, RecordOutcome::unchanged, RecordOutcome::moved,
        RecordOutcome::skipped, RecordOutcome::failed, RecordOutcome::removed})
    if (counts[outcome] > 0)
      line += fmt::format("{}{} {}", line.empty() ? "" : ", ", counts[outcome], to_string(outcome));
  return line.empty() ? "no record" : line;
}

std::string entry_of(const harvest::HarvestJob& job, std::string_view source_title, const std::string& url) {
  const Instant at = job.ended.value_or(job.started);
  std::string out = fmt::format(
      "<entry>\n<id>{0}</id>\n<title>{1}: {2}</title>\n<updated>{3}</updated>\n<published>{4}</published>\n",
      escape(url), escape(source_title), to_string(job.outcome), format_rfc3339(at), format_rfc3339(job.started));
  out += fmt::format("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<category term=\"{}\"/>\n", escape(url),
                     to_string(job.outcome));
  out += fmt::format(
      "<summary>{}{}</summary>\n</entry>\n", counts_line(job.counts),
      job.removals_waiting > 0 ? fmt::format("; {} removals wait for a decision", job.removals_waiting) : "");
  return out;
}

}  // namespace

Result<http::Response> source_jobs_atom(const Context& context, const http::Request& request) {
  const auto status = context.store.source(http::first(request.captures, "id"));
  if (!status) return status.error();
  const auto& source = status->source;
  if (!harvest::is_public(source.state)) return Error{ErrorCode::not_found, "no such source", "id", ""};
  const auto jobs = context.store.jobs(source.id, entries);
  if (!jobs) return jobs.error();

  const std::string page = context.links.source(source.id);
  const Instant newest = jobs->empty() ? status->registered : jobs->front().ended.value_or(jobs->front().started);
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"en\">\n<id>{0}/jobs.atom</id>\n"
      "<title>{1} – "
      "{2}</title>\n<updated>{3}</updated>\n<author><name>{2}</name></author>\n<generator>Moisson</generator>\n"
      "<link rel=\"self\" type=\"application/atom+xml\" href=\"{0}/jobs.atom\"/>\n<link rel=\"alternate\" "
      "type=\"text/html\" href=\"{0}\"/>\n",
      escape(page), escape(source.title), escape(context.title), format_rfc3339(newest));
  for (const harvest::HarvestJob& job : *jobs) out += entry_of(job, source.title, context.links.job(job.id));
  out += "</feed>\n";

  const std::string etag = fmt::format("\"{:016x}\"", hash64(context.build + out));
  if (http::is_fresh(request, etag)) return http::not_modified(etag);
  http::Response response;
  response.headers.set("Content-Type", "application/atom+xml; charset=utf-8");
  response.headers.set("ETag", etag);
  response.body = std::move(out);
  return response;
}

}  // namespace moisson::api
