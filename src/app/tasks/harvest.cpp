#include "app/event.h"
#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

namespace {

constexpr std::size_t rows_told = 1000;

std::string progress_event(const moisson::harvest::HarvestJob& job) {
  json::Writer out;
  out.begin_object().field("event", "progress").field("label", job.source_id);
  out.key("done").unsigned_integer(job.counts.seen()).key("of").unsigned_integer(job.announced);
  out.key("pages").unsigned_integer(job.pages).key("failed").unsigned_integer(job.counts.failed).end_object();
  return out.take();
}

Result<std::vector<std::string>> named_or_active(Instance& instance, json::View task) {
  auto sources = strings(task["sources"]);
  if (!sources.empty()) return sources;
  const auto all = instance.store().sources();
  if (!all) return all.error();
  for (const auto& status : *all)
    if (status.source.state == moisson::harvest::SourceState::active) sources.push_back(status.source.id);
  if (sources.empty())
    return Error{ErrorCode::not_found, "there is no active source to harvest", "",
                 "add a [[source]] to the configuration"};
  return sources;
}

// The jobs of the sources, or the one that applies a plan.
Result<std::vector<std::int64_t>> started(Instance& instance, json::View task, const Emit& emit) {
  std::vector<std::int64_t> jobs;
  if (const auto plan = task["plan"].string().value_or(""); !plan.empty()) {
    const auto job = instance.control().apply(plan);
    if (!job) return job.error();
    jobs.push_back(*job);
    return jobs;
  }
  const auto sources = named_or_active(instance, task);
  if (!sources) return sources.error();
  const bool full = task["full"].boolean().value_or(false);
  for (const auto& id : *sources) {
    const auto job = instance.control().start(id, full);
    if (job)
      jobs.push_back(*job);
    else if (sources->size() == 1)
      return job.error();
    else
      emit(warning_event(at(id, job.error())));
  }
  return jobs;
}

}  // namespace

Result<void> harvest(Instance& instance, json::View task, const Emit& emit) {
  const auto jobs = started(instance, task, emit);
  if (!jobs) return jobs.error();
  bool listening = true;
  std::vector<moisson::harvest::HarvestJob> ended;
  for (const auto id : *jobs) {
    const auto job = instance.control().wait(id, [&](const auto& running) {
      if (!emit(progress_event(running))) listening = false;
    });
    if (!job) return job.error();
    if (!listening) return Error{ErrorCode::cancelled, "nobody listens any more; the jobs go on", "", ""};
    ended.push_back(*job);
  }
  wait_until_searchable(instance, emit);
  for (const auto& job : ended) emit(job_event(instance, job, rows_told));
  return {};
}

}  // namespace moisson::app::tasks
