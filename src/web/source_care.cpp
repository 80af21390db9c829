#include "web/source_care.h"

#include "core/text.h"
#include "web/calendar.h"
#include "web/source_step.h"
#include "web/typography.h"

#include <fmt/format.h>

namespace moisson::web {
namespace {

constexpr std::size_t shown_removals = 8;

std::string path(const Page& page, const std::string& below) { return page.plain(page.context().links.page(below)); }

}  // namespace

void source_care(const Page& page, const store::SourceStatus& status, Model& model) {
  const harvest::HarvestSource& source = status.source;
  const bool running = status.last_job && status.last_job->outcome == harvest::JobOutcome::running;
  const auto steps = steps_for(source, running, page.request().identity);
  if (steps.empty()) return;
  Model& care = model.add("CARE");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string word(to_string(steps[i]));
    Model& step = care.add(steps[i] == SourceStep::decline ? "DECLINE" : "STEP");
    step.set("PATH", path(page, "/sources/" + source.id + "/" + word))
        .set("LABEL", std::string(page.words()("step." + word)));
    step.show_if(i == 0, "MAIN");
  }
  if (source.origin == harvest::SourceOrigin::operators)
    care.add("SETTINGS").set("URL", page.local(page.context().links.page("/sources/" + source.id + "/settings")));
  care.maybe("COMMENT", source.comment);
}

Result<void> held_decision(const Page& page, const harvest::HarvestJob& job, Model& held) {
  if (!page.request().identity.may(http::Role::operator_, job.source_id)) {
    held.show("WHO");
    return {};
  }
  const Words& words = page.words();
  const auto removals = page.context().store.removals(job.id, 0, shown_removals);
  if (!removals) return removals.error();
  Model& decide = held.add("DECIDE");
  decide.set("REJECT_PATH", path(page, fmt::format("/jobs/{}/reject", job.id)))
      .set("APPROVE_PATH", path(page, fmt::format("/jobs/{}/approve", job.id)))
      .set("APPROVE", words.plural("held.approve", job.removals_waiting))
      .set("SHOWN", words.fill("held.shown", {{"shown", number(words, removals->rows.size())},
                                              {"n", number(words, job.removals_waiting)}}));
  for (const auto& record : removals->rows)
    decide.add("ROW")
        .set("URL", page.local(page.context().links.dataset(record.record_id)))
        .set("NAME", record.title.empty() ? std::string(words("word.untitled")) : shown(record.title))
        .set("REMOTE_ID", std::string(cut(record.remote_id, 120)));
  return {};
}

void leaving_records(const Page& page, const harvest::HarvestJob& job, Model& model) {
  if (job.removals_leaving == 0 || !job.leaving) return;
  const Words& words = page.words();
  Model& leaving = model.add("LEAVING");
  leaving.set("LEAVING_TEXT", words.plural("leaving.text", job.removals_leaving,
                                           {{"when", when_in_text(words, *job.leaving, page.now())}}));
  if (page.request().identity.may(http::Role::operator_, job.source_id))
    leaving.add("UNDO")
        .set("PATH", path(page, fmt::format("/jobs/{}/undo", job.id)))
        .set("LABEL", std::string(words("leaving.undo")));
}

}  // namespace moisson::web
