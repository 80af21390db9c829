#include "api/job_json.h"
#include "app/event.h"
#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

namespace {

constexpr std::size_t page = 1000;
constexpr std::chrono::minutes patience{10};

bool needs_telling(const moisson::harvest::JobRecord& row) {
  using moisson::harvest::RecordOutcome;
  return row.outcome == RecordOutcome::failed || row.outcome == RecordOutcome::skipped || !row.cause.empty();
}

}  // namespace

std::string job_event(Instance& instance, const moisson::harvest::HarvestJob& job, std::size_t rows) {
  json::Writer out;
  out.begin_object().field("event", "job").key("job");
  api::write(out, job);
  if (job.removals_waiting > 0) {
    out.key("waiting").begin_array();
    if (const auto waiting = instance.store().removals(job.id, 0, rows); waiting)
      for (const auto& row : waiting->rows) api::write(out, row);
    out.end_array();
  }
  out.key("records").begin_array();
  std::size_t shown = 0, left = 0;
  std::uint64_t after = 0;
  do {
    const auto found = instance.store().job_records(job.id, std::nullopt, after, page);
    if (!found) break;
    for (const auto& row : found->rows) {
      if (!needs_telling(row)) continue;
      if (shown == rows) {
        ++left;
        continue;
      }
      api::write(out, row);
      ++shown;
    }
    after = found->next;
  } while (after != 0);
  out.end_array().key("records_left").unsigned_integer(left).end_object();
  return out.take();
}

void wait_until_searchable(Instance& instance, const Emit& emit) {
  if (const auto waited = instance.projection().wait_for(instance.store().last_seq(), patience); !waited)
    emit(warning_event(waited.error()));
}

std::string message_event(std::string_view message) {
  json::Writer out;
  out.begin_object()
      .field("event", "result")
      .key("result")
      .begin_object()
      .field("message", message)
      .end_object()
      .end_object();
  return out.take();
}

std::vector<std::string> strings(json::View array) {
  std::vector<std::string> found;
  for (const auto item : array.items())
    if (const auto text = item.string()) found.emplace_back(*text);
  return found;
}

}  // namespace moisson::app::tasks
