#include "api/job_json.h"
#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

namespace {

constexpr std::size_t latest = 50;
constexpr std::size_t rows_told = 10'000;

Result<void> list(Instance& instance, const Emit& emit) {
  const auto jobs = instance.store().jobs("", latest);
  if (!jobs) return jobs.error();
  json::Writer out;
  out.begin_object().field("event", "result").key("result").begin_object().key("jobs").begin_array();
  for (const auto& job : *jobs) api::write(out, job);
  out.end_array().end_object().end_object();
  emit(out.text());
  return {};
}

}  // namespace

Result<void> job(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = task["verb"].string().value_or("");
  const auto id = task["job"].integer().value_or(0);
  if (verb == "list") return list(instance, emit);
  if (verb == "stop") {
    if (const auto stopped = instance.control().stop(id); !stopped) return stopped.error();
    emit(message_event("job " + std::to_string(id) + " stops at its next record"));
    return {};
  }
  auto found = verb == "approve"  ? instance.control().approve(id)
               : verb == "reject" ? instance.control().reject(id)
               : verb == "undo"   ? instance.control().undo(id)
                                  : instance.store().job(id);
  if (!found) return found.error();
  if (verb == "approve") wait_until_searchable(instance, emit);
  emit(job_event(instance, *found, rows_told));
  return {};
}

}  // namespace moisson::app::tasks
