// What a preview found, and what can be done with it: submit the source, or have exactly this done.
#include "core/text.h"
#include "web/calendar.h"
#include "web/care.h"
#include "web/fate.h"
#include "web/harvest_words.h"
#include "web/mapping_uses.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <charconv>

namespace moisson::web {
namespace {

using harvest::RecordOutcome;

constexpr std::size_t rows_a_page = 50;
constexpr std::size_t shown_value = 300;  // bytes of a field before and after

std::string path_of(const harvest::Plan& plan) { return "/plans/" + plan.id; }

// The first records as they would appear: enough to see that title, publisher and files are where they belong.
void sample(const Page& page, const std::vector<dcat::Record>& records, Model& model) {
  if (records.empty()) return;
  Model& table = model.add("SAMPLE");
  table.set("SAMPLE_TITLE", page.words().plural("plan.sample", records.size()));
  for (const auto& record : records) {
    const dcat::Resource& common = dcat::resource(record);
    const LangString* title = best(common.title, page.language());
    Model& row = table.add("ROW");
    row.set("NAME", title == nullptr ? std::string(page.words()("word.untitled")) : shown(title->value));
    const LangString* publisher =
        common.publisher.empty() ? nullptr : best(common.publisher.front().name, page.language());
    row.set("PUBLISHER", publisher == nullptr ? std::string(page.words()("word.not_stated")) : shown(publisher->value));
    const auto* dataset = std::get_if<dcat::Dataset>(&record);
    row.set("FILES", dataset == nullptr ? std::string("–") : number(page.words(), dataset->distribution.size()));
  }
}

void changes(const harvest::PlannedRecord& planned, Model& row) {
  if (planned.changes.empty()) return;
  Model& section = row.add("CHANGES");
  for (const auto& change : planned.changes)
    section.add("CHANGE")
        .set("FIELD", change.field)
        .set("BEFORE", std::string(cut(change.before, shown_value)))
        .set("AFTER", std::string(cut(change.after, shown_value)));
}

Result<void> rows(const Page& page, const harvest::Plan& plan, Model& model) {
  const Words& words = page.words();
  const auto outcome = harvest::record_outcome(http::first(page.request().query, "outcome"));
  std::uint64_t after = 0;
  const std::string_view text = http::first(page.request().query, "after");
  std::from_chars(text.data(), text.data() + text.size(), after);
  const auto found = page.context().store.plan_records(plan.id, outcome, after, rows_a_page);
  if (!found) return found.error();

  const auto offer = [&](std::string label, std::string_view value, bool checked) {
    model.add("CHOICE").set("LABEL", std::move(label)).set("VALUE", std::string(value)).show_if(checked, "CHECKED");
  };
  offer(std::string(words("count.all")), "", !outcome);
  for (const auto each : {RecordOutcome::created, RecordOutcome::updated, RecordOutcome::moved, RecordOutcome::removed,
                          RecordOutcome::skipped, RecordOutcome::failed})
    offer(count_word(words, each), to_string(each), outcome == each);
  if (found->rows.empty()) {
    model.show("NO_ROWS");
    return {};
  }
  Model& table = model.add("ROWS");
  table.set("ROWS_CAPTION", words.plural("job.rows", found->rows.size()));
  for (const auto& planned : found->rows) {
    const harvest::JobRecord& record = planned.record;
    const StateWord state = state_word(words, record.outcome);
    Model& row = table.add("ROW");
    row.set("NAME", record.title.empty() ? std::string(words("word.untitled")) : shown(record.title))
        .maybe("REMOTE_ID", std::string(cut(record.remote_id, 120)))
        .set("OUTCOME", state.word)
        .set("MARK", state.mark);
    if (!record.cause.empty()) row.maybe("CAUSE", cause_words(words, record.cause).label).maybe("PLACE", record.place);
    changes(planned, row);
  }
  if (found->next != 0)
    model.add("NEXT_ROWS")
        .set("URL", page.local(page.context().links.page(fmt::format(
                        "{}?outcome={}&after={}", path_of(plan), outcome ? to_string(*outcome) : "", found->next))) +
                        "#detail");
  return {};
}

// What may be done with it: each a button with what it entails.
void offers(const Page& page, const harvest::Plan& plan, Model& model) {
  const auto status = page.context().store.source(plan.source_id);
  if (!status) return;  // a source that was only described
  const harvest::HarvestSource& source = status->source;
  model.add("OF_SOURCE")
      .set("SOURCE", shown(source.title))
      .set("SOURCE_URL", page.local(page.context().links.source(source.id)));
  if (!plan.ready) return;
  const auto offer = [&](std::string_view word, std::string path) {
    model.add("OFFER")
        .set("PATH", page.plain(page.context().links.page(path)))
        .set("LABEL", std::string(page.words()("plan." + std::string(word))))
        .set("NOTE", std::string(page.words()("plan." + std::string(word) + ".note")));
  };
  const bool fresh = source.state == harvest::SourceState::draft || source.state == harvest::SourceState::declined;
  if (fresh) offer("submit", "/sources/" + source.id + "/submit");
  if (source.state == harvest::SourceState::active && !plan.preview.error) offer("apply", path_of(plan) + "/apply");
}

}  // namespace

http::Response plan_page(const Page& page) {
  const Words& words = page.words();
  const auto plan = page.context().store.plan(http::first(page.request().captures, "id"));
  if (!plan) return page.failed(plan.error());
  // A plan is told to those who may see its source, and to nobody else that it is there.
  if (!page.request().identity.may(http::Role::operator_, plan->source_id)) return page.failed(404);
  const harvest::Preview& preview = plan->preview;
  const auto source = page.context().store.source(plan->source_id);  // none: it is only described
  const std::string title =
      words.fill("plan.title", {{"source", source ? shown(source->source.title) : plan->source_id}});
  Model model;
  model.set("HEADING", title)
      .set("MADE", words.fill("plan.made", {{"made", when_in_text(words, plan->created, page.now())},
                                            {"expires", when_in_text(words, plan->expires, page.now())}}))
      .set("PLAN_PATH", page.plain(page.context().links.page(path_of(*plan))));
  offers(page, *plan, model);
  if (!plan->ready) {
    model.add("READING").set("AGAIN_URL", page.local(page.context().links.page(path_of(*plan))));
    return page.render("plan.html", model, {.title = title, .section = Section::sources});
  }
  const StateWord outcome = state_word(words, preview.outcome);
  Model& found = model.add("FOUND");
  found.set("OUTCOME", outcome.word)
      .set("MARK", outcome.mark)
      .set("FATE", words.plural("plan.fate", preview.counts.seen()))
      .set("REMOVED_LINE", words.fill("plan.removed", {{"n", number(words, preview.counts.removed)}}))
      .set("DOWNLOAD_URL", page.plain(page.context().links.page("/api/v1" + path_of(*plan) + "?download=yes")))
      .show_if(!preview.complete, "IN_PART");
  if (preview.error) found.add("TROUBLE").set("DETAIL", preview.error->message).maybe("HINT", preview.error->hint);
  fate(words, preview.counts, found);
  sample(page, preview.sample, found);
  if (!preview.mapping.empty()) mapping_uses(words, preview.mapping, found.add("MAPPING"));
  if (const auto told = rows(page, *plan, found); !told) return page.failed(told.error());
  return page.render("plan.html", model, {.title = title, .section = Section::sources});
}

}  // namespace moisson::web
