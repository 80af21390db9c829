#include "core/cause.h"
#include "core/text.h"
#include "core/url.h"
#include "web/calendar.h"
#include "web/fate.h"
#include "web/harvest_words.h"
#include "web/pages.h"
#include "web/source_care.h"
#include "web/typography.h"
#include "web/visible_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace moisson::web {
namespace {

using harvest::JobOutcome;
using harvest::RecordOutcome;

constexpr std::size_t rows_a_page = 100;
constexpr std::size_t counted_failures = 1000;

// Which rows the reader asked for.
struct Choice {
  std::optional<RecordOutcome> outcome;  // none: all
  std::string cause;                     // of failures; empty: any
  std::uint64_t after = 0;
};

Choice choice_of(const http::Request& request, const harvest::HarvestJob& job) {
  Choice choice;
  const std::string_view word = http::first(request.query, "outcome");
  choice.outcome = harvest::record_outcome(word);
  if (word.empty() && job.counts.failed > 0) choice.outcome = RecordOutcome::failed;
  choice.cause = std::string(cut(http::first(request.query, "cause"), 100));
  if (!choice.cause.empty()) choice.outcome = RecordOutcome::failed;
  const std::string_view after = http::first(request.query, "after");
  std::from_chars(after.data(), after.data() + after.size(), choice.after);
  return choice;
}

std::string rows_url(const Page& page, const harvest::HarvestJob& job, const Choice& choice) {
  std::string address = fmt::format("/jobs/{}?outcome={}", job.id, choice.outcome ? to_string(*choice.outcome) : "all");
  if (!choice.cause.empty()) address += "&cause=" + percent_encode(choice.cause);
  if (choice.after > 0) address += fmt::format("&after={}", choice.after);
  return page.local(page.context().links.page(address)) + "#detail";
}

std::string line(const Page& page, const store::SourceStatus& source, const harvest::HarvestJob& job) {
  const Words& words = page.words();
  const std::string name = shown(source.source.title), day = long_day(words, job.started),
                    from = time_of_day(words, job.started);
  std::string out = job.ended ? words.fill("job.line", {{"source", name},
                                                        {"day", day},
                                                        {"from", from},
                                                        {"to", time_of_day(words, *job.ended)},
                                                        {"duration", duration(words, *job.ended - job.started)}})
                              : words.fill("job.line_running", {{"source", name}, {"day", day}, {"from", from}});
  if (job.pages > 0) out += " · " + words.plural("job.pages", job.pages);
  if (job.announced > 0) out += " · " + words.plural("job.announced", job.announced);
  return out;
}

std::string consequence(const Words& words, const harvest::HarvestJob& job) {
  switch (job.outcome) {
    case JobOutcome::running:
      return std::string(words("consequence.running"));
    case JobOutcome::succeeded:
    case JobOutcome::nothing_changed:
      return job.counts.failed > 0 ? words.plural("consequence.failures", job.counts.failed)
                                   : std::string(words("consequence.succeeded"));
    case JobOutcome::held:
      return std::string(words("consequence.held"));
    case JobOutcome::partial:
    case JobOutcome::stopped:
      return std::string(words("consequence.kept"));
    case JobOutcome::refused_by_source:
    case JobOutcome::unreachable:
    case JobOutcome::failed:
      break;
  }
  return std::string(words("consequence.unchanged"));
}

void counts(const Words& words, const harvest::HarvestJob& job, Model& model) {
  const std::uint64_t total = job.counts.seen();
  model.set("FATE", total == 0 ? std::string(words("job.fate_none")) : words.plural("job.fate", total));
  fate(words, job.counts, model);
  model.set("REMOVED_LINE", job.removals_waiting > 0
                                ? words.fill("job.removed_waiting", {{"n", number(words, job.counts.removed)},
                                                                     {"waiting", number(words, job.removals_waiting)}})
                                : words.fill("job.removed", {{"n", number(words, job.counts.removed)}}));
}

void causes(const Page& page, const harvest::HarvestJob& job, const std::vector<harvest::JobRecord>& failures,
            Model& model) {
  if (failures.empty()) return;
  std::map<std::string, std::uint64_t> tally;
  for (const auto& row : failures) ++tally[row.cause];
  std::vector<std::pair<std::string, std::uint64_t>> sorted(tally.begin(), tally.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  Model& section = model.add("CAUSES");
  section.set("CAUSES_TITLE", page.words().plural("job.causes", failures.size()));
  for (const auto& [cause, count] : sorted)
    section.add("CAUSE")
        .set("LABEL", cause_words(page.words(), cause).label)
        .set("COUNT", number(page.words(), count))
        .set("URL", rows_url(page, job, {RecordOutcome::failed, cause, 0}));
}

// What each cause on this page means and how it is mended: of the job's end, of its remarks, and of the rows shown.
void mending(const Words& words, const harvest::HarvestJob& job, const std::vector<harvest::JobRecord>& failures,
             const std::vector<harvest::JobRecord>& shown_rows, Model& model) {
  std::vector<std::string_view> causes;
  const auto gather = [&](std::string_view cause) {
    if (!cause.empty() && std::find(causes.begin(), causes.end(), cause) == causes.end()) causes.push_back(cause);
  };
  if (job.error && failures.empty()) gather(cause_of(*job.error));
  for (const auto& remark : job.remarks) gather(remark.cause);
  for (const auto& row : failures) gather(row.cause);
  for (const auto& row : shown_rows) gather(row.cause);
  if (causes.empty()) return;
  Model& section = model.add("MENDING");
  for (const std::string_view cause : causes) {
    CauseWords text = cause_words(words, cause);
    section.add("ADVICE")
        .set("LABEL", std::move(text.label))
        .set("EXPLANATION", std::move(text.explanation))
        .set("FIX", std::move(text.fix));
  }
}

void choices(const Page& page, const Choice& choice, Model& model) {
  const auto offer = [&](std::string label, std::string_view value, bool checked) {
    model.add("CHOICE").set("LABEL", std::move(label)).set("VALUE", std::string(value)).show_if(checked, "CHECKED");
  };
  offer(std::string(page.words()("count.all")), "all", !choice.outcome);
  for (RecordOutcome outcome : seen_outcomes)
    if (outcome != RecordOutcome::unchanged)
      offer(count_word(page.words(), outcome), to_string(outcome), choice.outcome == outcome);
  offer(count_word(page.words(), RecordOutcome::removed), "removed", choice.outcome == RecordOutcome::removed);
}

// The words of causes are everybody's; places, messages and hints quote the portal's own bytes and are for those who
// look after the source (as in the API).
void row(const Page& page, const harvest::HarvestJob& job, const harvest::JobRecord& record, std::uint64_t n,
         bool cared_for, Model& model) {
  const Words& words = page.words();
  const std::string name = record.title.empty() ? std::string(words("word.untitled")) : shown(record.title);
  const bool linked = !record.record_id.empty() && record.outcome != RecordOutcome::removed;
  Model& cell = model.add(linked ? "LINKED" : "UNLINKED");
  cell.set("NAME", name);
  if (linked) cell.set("URL", page.local(page.context().links.dataset(record.record_id)));
  const StateWord outcome = state_word(words, record.outcome);
  model.maybe("REMOTE_ID", std::string(cut(record.remote_id, 120)))
      .set("MARK", outcome.mark)
      .set("OUTCOME", outcome.word);
  if (!record.cause.empty()) model.maybe("CAUSE", cause_words(words, record.cause).label);
  if (!cared_for) return;
  const std::string own = record.outcome == RecordOutcome::failed || record.record_id.empty()
                              ? fmt::format("/jobs/{}/records/{}", job.id, n)
                              : "/records/" + record.record_id;
  cell.add("CARE").set("URL", page.local(page.context().links.page(own)));
  if (!record.message.empty())
    model.add("DETAIL").maybe("PLACE", record.place).set("MESSAGE", record.message).maybe("REMEDY", record.hint);
}

void rows(const Page& page, const harvest::HarvestJob& job, Choice choice, const store::Store::JobRecordPage& found,
          Model& model) {
  std::vector<std::size_t> shown_rows;
  for (std::size_t i = 0; i < found.rows.size(); ++i)
    if (choice.cause.empty() || found.rows[i].cause == choice.cause) shown_rows.push_back(i);
  if (shown_rows.size() > rows_a_page) shown_rows.resize(rows_a_page);
  if (shown_rows.empty()) {
    model.show("NO_ROWS");
    return;
  }
  Model& table = model.add("ROWS");
  table.set("ROWS_CAPTION", page.words().plural("job.rows", shown_rows.size()));
  const bool cared_for = page.request().identity.may(http::Role::reader, job.source_id);
  for (const std::size_t i : shown_rows) row(page, job, found.rows[i], found.numbers[i], cared_for, table.add("ROW"));
  if (found.next == 0 || !choice.cause.empty()) return;
  choice.after = found.next;
  model.add("NEXT_ROWS").set("URL", rows_url(page, job, choice));
}

// What grows is told by itself where there is script, and at a link where there is none.
void running(const Page& page, const harvest::HarvestJob& job, Model& model) {
  if (job.outcome != JobOutcome::running) return;
  model.show("LIVE");
  Model& section = model.add("RUNNING");
  section.set("AGAIN_URL", page.local(page.context().links.job(job.id)))
      .show_if(is_stalled(job, page.now()), "STALLED");
  if (page.request().identity.may(http::Role::operator_, job.source_id))
    section.add("STOP")
        .set("PATH", page.plain(page.context().links.page(fmt::format("/jobs/{}/stop", job.id))))
        .set("LABEL", std::string(page.words()("job.stop")));
}

}  // namespace

http::Response job_page(const Page& page) {
  const Words& words = page.words();
  const store::Store& store = page.context().store;
  const std::string_view text = http::first(page.request().captures, "id");
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size()) return page.failed(404);
  const auto job = store.job(id);
  if (!job) return page.failed(job.error());
  const auto source = visible_source(page, job->source_id);
  if (!source) return page.failed(source.error());
  const Choice choice = choice_of(page.request(), *job);
  const auto failures = store.job_records(id, RecordOutcome::failed, 0, counted_failures);
  if (!failures) return page.failed(failures.error());
  const auto found = choice.cause.empty() ? store.job_records(id, choice.outcome, choice.after, rows_a_page) : failures;
  if (!found) return page.failed(found.error());

  const StateWord outcome = state_word(words, job->outcome);
  const std::string title = words.fill("job.title", {{"n", number(words, static_cast<std::uint64_t>(job->id))}});
  Model model;
  model.set("HEADING", title)
      .set("OUTCOME", outcome.word)
      .set("MARK", outcome.mark)
      .set("LINE", line(page, *source, *job))
      .set("SOURCE", shown(source->source.title))
      .set("SOURCE_URL", page.local(page.context().links.source(job->source_id)))
      .set("JOB_PATH", page.plain(page.context().links.page(fmt::format("/jobs/{}", id))))
      .set("VERDICT", std::string(words("verdict." + std::string(to_string(job->outcome)))))
      .set("CONSEQUENCE", consequence(words, *job))
      .show_if(outcome.mark != "ok", "WORRY");
  running(page, *job, model);
  leaving_records(page, *job, model);
  counts(words, *job, model);
  causes(page, *job, failures->rows, model);
  mending(words, *job, failures->rows, found->rows, model);
  choices(page, choice, model);
  rows(page, *job, choice, *found, model);
  if (page.request().identity.may(http::Role::reader, job->source_id))
    model.add("DOWNLOAD")
        .set("URL", page.plain(page.context().links.page(fmt::format("/api/v1/jobs/{}/records.csv", id))));
  return page.render("job.html", model,
                     {.title = title + ", " + lower_first(outcome.word), .section = Section::sources});
}

}  // namespace moisson::web
