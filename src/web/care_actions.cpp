#include "http/query_string.h"
#include "web/care.h"
#include "web/form.h"

#include <charconv>

namespace moisson::web {
namespace {

std::string captured(const Page& page) { return std::string(http::first(page.request().captures, "id")); }

}  // namespace

http::Response take_step(const Page& page, SourceStep step) {
  auto& control = page.context().control;
  const std::string id = captured(page);
  if (step == SourceStep::harvest) {
    const auto job = control.start(id, false);
    return job ? see(page, "/jobs/" + std::to_string(*job)) : page.failed(job.error());
  }
  if (step == SourceStep::preview) {
    const auto status = page.context().store.source(id);
    if (!status) return page.failed(status.error());
    const auto plan = control.begin_preview(status->source, 0);
    return plan ? see(page, "/plans/" + plan->id) : page.failed(plan.error());
  }
  if (step == SourceStep::retire) {
    const auto removed = control.retire_source(id, false);
    return removed ? see(page, "/sources/" + id) : page.failed(removed.error());
  }
  const auto sent = http::parse_query_string(page.request().body);
  if (!sent) return page.failed(sent.error());
  harvest::SourceEdit edit;
  edit.state = state_after(step);
  if (const std::string_view comment = http::first(*sent, "comment"); !comment.empty())
    edit.comment = std::string(comment);
  const auto changed = control.change_source(id, edit);
  return changed ? see(page, "/sources/" + id) : page.failed(changed.error());
}

http::Response decide_job(const Page& page, JobDecision decide) {
  const std::string text = captured(page);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size()) return page.failed(404);
  const auto done = decide(page.context().control, id);
  return done ? see(page, "/jobs/" + text) : page.failed(done.error());
}

http::Response apply_plan(const Page& page) {
  const auto plan = page.context().store.plan(captured(page));
  if (!plan) return page.failed(plan.error());
  if (!page.request().identity.may(http::Role::operator_, plan->source_id)) return page.failed(404);
  const auto job = page.context().control.apply(plan->id);
  return job ? see(page, "/jobs/" + std::to_string(*job)) : page.failed(job.error());
}

http::Response change_record(const Page& page, RecordChange change) {
  const std::string id = captured(page);
  const auto sent = http::parse_query_string(page.request().body);
  if (!sent) return page.failed(sent.error());
  const auto done = change(page.context().control, id, std::string(http::first(*sent, "other")));
  return done ? see(page, "/records/" + id) : page.failed(done.error());
}

}  // namespace moisson::web
