#include "core/url.h"
#include "web/calendar.h"
#include "web/harvest_words.h"
#include "web/mapping_uses.h"
#include "web/pages.h"
#include "web/source_care.h"
#include "web/typography.h"
#include "web/visible_source.h"

#include <fmt/format.h>

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t charted_jobs = 30;
constexpr std::size_t listed_jobs = 10;

std::string job_url(const Page& page, std::int64_t id) {
  return page.local(page.context().links.page(fmt::format("/jobs/{}", id)));
}

Result<void> held(const Page& page, const store::SourceStatus& status, Model& model) {
  const auto& job = status.last_job;
  if (!job || job->outcome != harvest::JobOutcome::held) return {};
  const Words& words = page.words();
  const double share = status.records == 0
                           ? 100
                           : 100.0 * static_cast<double>(job->removals_waiting) / static_cast<double>(status.records);
  Model& section = model.add("HELD");
  section.set("HELD_QUESTION", words.plural("held.question", job->removals_waiting))
      .set("HELD_REASON", words.fill("held.reason", {{"share", decimal(words, std::min(share, 100.0), 1)},
                                                     {"created", number(words, job->counts.created)},
                                                     {"updated", number(words, job->counts.updated)}}))
      .set("HELD_URL", job_url(page, job->id))
      .set("JOB", std::to_string(job->id));
  return held_decision(page, *job, section);
}

void trouble(const Page& page, const store::SourceStatus& status, Model& model) {
  if (!status.last_job || state_word(page.words(), status.last_job->outcome).mark != "bad") return;
  model.add("TROUBLE")
      .set("TROUBLE_HEAD", std::string(page.words()("source.trouble")))
      .set("TROUBLE_TEXT", std::string(page.words()("source.trouble_kept")));
}

void trend(const Words& words, const std::vector<harvest::HarvestJob>& jobs, Model& model) {
  if (jobs.size() < 3) return;
  std::vector<std::uint64_t> changed;
  for (auto job = jobs.rbegin(); job != jobs.rend(); ++job)
    changed.push_back(job->counts.created + job->counts.updated + job->counts.moved);
  const auto [least, most] = std::minmax_element(changed.begin(), changed.end());
  Model& section = model.add("TREND");
  section.set("TREND_TITLE", words.plural("source.trend", jobs.size()))
      .set("TREND_MAX", number(words, *most))
      .set("TREND_LABEL",
           words.fill("source.trend_label", {{"min", number(words, *least)}, {"max", number(words, *most)}}));
  // Bars grow from the right, so that the newest stands at the same place whatever the count.
  const std::size_t first = charted_jobs - changed.size();
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (changed[i] == 0) continue;
    const double height = std::max(2.0, 100.0 * static_cast<double>(changed[i]) / static_cast<double>(*most));
    section.add("BAR")
        .set("X", std::to_string(3 + 20 * (first + i)))
        .set("Y", fmt::format("{:.1f}", 100 - height))
        .set("HEIGHT", fmt::format("{:.1f}", height));
  }
}

void history(const Page& page, const std::vector<harvest::HarvestJob>& jobs, Model& model) {
  const Words& words = page.words();
  if (jobs.empty()) {
    model.show("NO_HISTORY");
    return;
  }
  const std::size_t listed = std::min(jobs.size(), listed_jobs);
  Model& table = model.add("HISTORY");
  table.set("HISTORY_CAPTION", words.plural("source.history_caption", listed));
  for (std::size_t i = 0; i < listed; ++i) {
    const auto& job = jobs[i];
    const StateWord outcome = state_word(words, job.outcome);
    // Where nothing could be read, a zero would say that nothing was there.
    const bool read = job.counts.seen() > 0 || outcome.mark != "bad";
    const auto count = [&](std::uint64_t n) { return read ? number(words, n) : std::string("–"); };
    table.add("ROW")
        .set("URL", job_url(page, job.id))
        .set("NAME", words.fill("source.harvest_n", {{"n", number(words, static_cast<std::uint64_t>(job.id))}}))
        .set("ISO", format_rfc3339(job.started))
        .set("WHEN", when(words, job.started, page.now()))
        .set("OUTCOME", outcome.word)
        .set("MARK", outcome.mark)
        .set("CREATED", count(job.counts.created))
        .set("UPDATED", count(job.counts.updated))
        .set("REMOVED", count(job.counts.removed + job.removals_waiting))
        .set("FAILED", count(job.counts.failed));
  }
}

// What became of each property of the source's records, by the last job that mapped them.
void mapping(const Page& page, const store::Store::Mapping& told, Model& model) {
  if (told.tallies.empty()) return;
  const Words& words = page.words();
  Model& section = model.add("MAPPING");
  section
      .set("MAPPING_JOB", words.fill("source.harvest_n", {{"n", number(words, static_cast<std::uint64_t>(told.job))}}))
      .set("MAPPING_URL", job_url(page, told.job));
  mapping_uses(words, told.tallies, section);
}

}  // namespace

http::Response source_page(const Page& page) {
  const Words& words = page.words();
  const store::Store& store = page.context().store;
  const std::string id(http::first(page.request().captures, "id"));
  const auto status = visible_source(page, id);
  if (!status) return page.failed(status.error());
  const auto jobs = store.jobs(id, charted_jobs);
  if (!jobs) return page.failed(jobs.error());

  const auto told = store.mapping(id);
  if (!told) return page.failed(told.error());

  const auto& source = status->source;
  const std::string name = shown(source.title);
  const StateWord state = state_word(words, source.state);
  const StateWord outcome = state_word(words, status->last_job);
  Model model;
  model.set("HEADING", name)
      .set("KIND", kind_word(words, source.kind))
      .set("REGISTERED", words.fill("source.registered", {{"date", day(words, status->registered)}}))
      .set("RECORDS_URL", page.to_search(links::with_value({}, search::Field::source, source.id)))
      .set("STATE", state.word)
      .set("STATE_MARK", state.mark)
      .set("OUTCOME", outcome.word)
      .set("MARK", outcome.mark)
      .set("NEXT", next_run_words(words, *status, page.now()))
      .set("RECORDS", number(words, status->records));
  if (auto url = parse_url(source.url); url) {
    url->userinfo.clear();  // a name and a password, if any, are not the public's
    model.add("LINKED").set("HOST", url->authority()).set("URL", url->text());
  }
  source_care(page, *status, model);
  if (const auto decision = held(page, *status, model); !decision) return page.failed(decision.error());
  if (status->last_job) leaving_records(page, *status->last_job, model);
  trouble(page, *status, model);
  trend(words, *jobs, model);
  history(page, *jobs, model);
  mapping(page, *told, model);
  model.add("ALTERNATE")
      .set("MEDIA_TYPE", "application/atom+xml")
      .set("TITLE", words.fill("source.feed", {{"name", name}}))
      .set("URL", page.plain(page.context().links.source(id) + "/jobs.atom"));
  const bool waits = status->last_job && status->last_job->outcome == harvest::JobOutcome::held;
  return page.render("source.html", model,
                     {.title = waits ? words.fill("source.waiting_title", {{"name", name}}) : name,
                      .summary = kind_word(words, source.kind) + " · " + outcome.word,
                      .canonical = page.context().links.source(id),
                      .section = Section::sources});
}

}  // namespace moisson::web
