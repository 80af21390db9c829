#include "harvest/scheduler.h"

#include "core/log.h"
#include "harvest/job.h"
#include "harvest/outcome.h"
#include "harvest/reconcile.h"
#include "harvest/schedule.h"
#include "harvest/scheduler_body.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_nap = 60s;  // the machine's clock may be set, sources may be edited by another hand
constexpr auto progress_pace = 500ms;
constexpr std::int64_t most_attempts = 3;  // a job that the program did not survive so often is not tried again

Error shutting_down() { return Error{ErrorCode::conflict, "the program is stopping", "", "start it again"}; }

}  // namespace

Error unknown_kind(const HarvestSource& source) {
  return Error{ErrorCode::unsupported, "no harvester reads the kind \"" + source.kind + "\"", source.id,
               "correct the source's kind"};
}

Scheduler::Scheduler(store::Store& store, const SchedulerOptions& options, const Clock& clock,
                     FetcherFactory make_fetcher, HarvesterLookup find_harvester)
    : body_(std::make_unique<Body>(store, options, clock, std::move(make_fetcher), std::move(find_harvester))) {
  if (const auto forgotten = body_->writer.forget_unfinished_plans(); forgotten.has_error())
    log::warning("harvest", to_string(forgotten.error()));
}

Scheduler::~Scheduler() { shutdown(); }

// The slot after this start is written at once, so that a crash does not repeat the run without end.
Result<void> Scheduler::Body::plan_next(const HarvestSource& source, Instant started) {
  const auto next = next_run(source.schedule, source.timezone, source.id, started, started);
  if (next.has_error()) return next.error();
  return writer.set_next_run(source.id, *next);
}

// A source that keeps failing is asked less often than its schedule says.
void Scheduler::Body::plan_retry(const HarvestSource& source, const HarvestJob& job) {
  const auto status = store.source(source.id);
  if (status.has_error() || status->failures < 2 || !job.ended) return;
  const auto next = next_try(source.schedule, source.timezone, source.id, job.started, *job.ended, status->failures);
  const auto planned = next.has_value() ? writer.set_next_run(source.id, *next) : Result<void>(next.error());
  if (planned.has_error()) log::error("harvest", to_string(planned.error()), {{"source", source.id}});
}

Result<store::Run> Scheduler::Body::take_up(const HarvestJob& job, bool full) {
  auto run = writer.resume(job.id, full);
  if (run.has_error() || run->attempt() <= most_attempts) return run;
  const Error error{ErrorCode::internal,
                    "the program ended " + std::to_string(most_attempts) + " times while this job ran: it is given up",
                    "", "the program's log may tell why"};
  if (const auto settled = run->settle_moves(false); settled.has_error()) return settled.error();
  if (const auto ended = run->end(JobOutcome::failed, error, std::nullopt); ended.has_error()) return ended.error();
  return error;
}

// With the mutex held.
Result<std::int64_t> Scheduler::Body::start(std::string_view source_id, bool full, bool by_person,
                                            std::string_view plan) {
  if (stopping) return shutting_down();
  const auto status = store.source(source_id);
  if (status.has_error()) return status.error();
  const HarvestSource& source = status->source;
  if (source.state != SourceState::active)
    return Error{ErrorCode::conflict, "the source is " + std::string(to_string(source.state)), source.id,
                 "resume it first"};
  if (find_harvester(source.kind) == nullptr) return unknown_kind(source);
  for (const auto& [id, work] : active)
    if (work->source.id == source_id)
      return Error{ErrorCode::conflict, "job " + std::to_string(id) + " of this source is running", source.id,
                   "wait for it, or stop it"};

  const bool left_running = status->last_job && status->last_job->outcome == JobOutcome::running;
  if (left_running && !plan.empty())
    return Error{ErrorCode::conflict, "a job of this source is to be taken up first", source.id,
                 "harvest it, then make a new plan"};
  auto run = left_running ? take_up(*status->last_job, full) : writer.begin(source_id, full, plan);
  if (run.has_error()) return run.error();
  if (const auto planned = plan_next(source, run->job().started); planned.has_error())
    log::warning("harvest", to_string(planned.error()), {{"source", source.id}});

  const std::int64_t id = run->job().id;
  auto work = std::make_shared<Work>(std::move(*run), source, by_person);
  active.emplace(id, work);
  unstored.erase(id);
  queue.push_back(std::move(work));
  // One thread more than there are places: the lane of what a person asks for.
  if (idle < queue.size() && threads.size() < places() + 1) threads.emplace_back([this] { work_off(); });
  changed.notify_all();
  return id;
}

// The first of the queue whose host nobody reads, and for which there is a place; a person's job may take the lane.
Scheduler::Body::Queue::iterator Scheduler::Body::next_runnable() {
  if (stopping) return queue.begin();
  std::set<std::string> hosts;
  for (const auto& [id, work] : active)
    if (work->on_thread) hosts.insert(host_of(work->source.url));
  const auto on_threads = static_cast<std::size_t>(
      std::count_if(active.begin(), active.end(), [](const auto& entry) { return entry.second->on_thread; }));
  return std::find_if(queue.begin(), queue.end(), [&](const auto& work) {
    const bool place = on_threads < places() || (work->by_person && on_threads == places());
    return place && !hosts.contains(host_of(work->source.url));
  });
}

// A job that never came to a thread needs none to end. With the mutex held.
Result<void> Scheduler::Body::end_waiting(std::int64_t job) {
  const auto work = active.at(job);
  if (const auto settled = work->run.settle_moves(false); settled.has_error()) return settled.error();
  const Error error{ErrorCode::cancelled, "the job was stopped before its turn", "", ""};
  if (const auto ended = work->run.end(JobOutcome::stopped, error, std::nullopt); ended.has_error())
    return ended.error();
  std::erase(queue, work);
  active.erase(job);
  changed.notify_all();
  return {};
}

void Scheduler::Body::work_off() {
  std::unique_lock lock(mutex);
  for (;;) {
    ++idle;
    changed.wait(lock, [&] { return stopping || next_runnable() != queue.end(); });
    --idle;
    const auto next = next_runnable();
    if (next == queue.end()) return;
    const auto work = *next;
    queue.erase(next);
    work->on_thread = true;
    lock.unlock();
    run_one(work);
    lock.lock();
  }
}

Result<PortalAccess> Scheduler::Body::access(const HarvestSource& source, const Harvester& harvester,
                                             std::stop_token stop) {
  auto secrets = secrets_of(source, harvester, store);
  if (secrets.has_error()) return secrets.error();
  return access_with(std::move(*secrets), make_fetcher(source, std::move(stop)));
}

HarvestJob Scheduler::Body::run_with_secrets(Work& work) {
  work.pulse.beat(clock.now());
  if (const auto beaten = work.run.beat(); beaten.has_error()) log::error("harvest", to_string(beaten.error()));
  const Harvester& harvester = *find_harvester(work.source.kind);
  const auto portal = access(work.source, harvester, work.stop.get_token());
  const auto plan = plan_of(work.run.job());
  if (portal.has_error() || plan.has_error()) {
    const Error& error = portal.has_error() ? portal.error() : plan.error();
    if (const auto ended = work.run.end(JobOutcome::failed, error, std::nullopt); ended.has_error())
      log::error("harvest", to_string(ended.error()));
    return work.run.job();
  }
  const Worksite worksite{work.source,
                          harvester,
                          *portal->fetcher,
                          clock,
                          options.deletion,
                          options.language,
                          portal->secrets,
                          &work.pulse,
                          *plan ? &**plan : nullptr,
                          options.catalog_url};
  return run_job(std::move(work.run), worksite, work.stop.get_token());
}

Result<std::optional<PlanFilter>> Scheduler::Body::plan_of(const HarvestJob& job) const {
  if (job.plan.empty()) return std::optional<PlanFilter>();
  auto filter = plan_filter(store, job.plan);
  if (filter.has_error()) return filter.error();
  return std::optional(std::move(*filter));
}

void Scheduler::Body::run_one(const std::shared_ptr<Work>& work) {
  const std::int64_t id = work->run.job().id;
  const HarvestJob job = run_with_secrets(*work);
  depart();
  const std::lock_guard lock(mutex);
  const auto stored = store.job(id);
  if (stored.has_error() || stored->outcome == JobOutcome::running) unstored.insert_or_assign(id, job);
  if (is_failure(job.outcome)) plan_retry(work->source, job);
  // What a shutdown stopped is taken up at the next start; what a person stopped waits for its next slot.
  if (stopping && job.outcome == JobOutcome::stopped) {
    if (const auto due = writer.set_next_run(work->source.id, clock.now()); due.has_error())
      log::error("harvest", to_string(due.error()), {{"source", work->source.id}});
  }
  active.erase(id);
  woken = true;  // others may have waited for the place, or for the host
  changed.notify_all();
}

Result<std::size_t> Scheduler::Body::start_due() {
  const auto appointments = store.appointments();
  if (appointments.has_error()) return appointments.error();
  const Instant now = clock.now();
  Agenda plan;
  std::vector<std::string> orphans;
  {
    const std::lock_guard lock(mutex);
    if (stopping) return std::size_t{0};
    Busy busy;
    for (const auto& [id, work] : active) {
      busy.sources.insert(work->source.id);
      busy.hosts.insert(host_of(work->source.url));
    }
    for (const auto& appointment : *appointments)
      if (appointment.left_running && appointment.state != SourceState::active &&
          !busy.sources.contains(appointment.source_id))
        orphans.push_back(appointment.source_id);
    const std::size_t room = places() - std::min(places(), active.size());
    plan = agenda(due_sources(*appointments), std::move(busy), room, now);
    look_again = plan.look_again;
  }
  for (const auto& source : orphans) end_left_over(source);
  std::size_t started = 0;
  for (const auto& source_id : plan.start) {
    const std::lock_guard lock(mutex);
    if (const auto job = start(source_id, false, false); job.has_value()) {
      ++started;
    } else if (!stopping) {
      log::error("harvest", "a due source could not be started: " + to_string(job.error()), {{"source", source_id}});
      // Not again before its next slot: the fault is the configuration's or the disk's.
      const auto status = store.source(source_id);
      if (status.has_error() || plan_next(status->source, now).has_value()) continue;
      if (const auto set = writer.set_next_run(source_id, std::nullopt); set.has_error())
        log::error("harvest", to_string(set.error()), {{"source", source_id}});
    }
  }
  return started;
}

void Scheduler::Body::give_up_on_the_lifeless() {
  const std::lock_guard lock(mutex);
  for (const auto& [id, work] : active) {
    if (!work->on_thread || work->pulse.given_up() || clock.now() - work->pulse.last() < given_up_after) continue;
    log::warning("harvest", "a job shows no sign of life and is ended", {{"job", id}, {"source", work->source.id}});
    work->pulse.give_up();
    work->stop.request_stop();
  }
}

void Scheduler::Body::depart() {
  if (const auto departed = writer.remove_departed(); departed.has_error())
    log::error("harvest", "records past their grace could not be removed: " + to_string(departed.error()));
}

// Reports and tombstones past their retention.
void Scheduler::Body::forget_daily() {
  const Instant now = clock.now();
  if (now - forgot < std::chrono::hours(24)) return;
  forgot = now;
  if (const auto forgotten = writer.forget_old(); forgotten.has_error())
    log::warning("harvest", "what is past its retention could not be forgotten: " + to_string(forgotten.error()));
}

void Scheduler::Body::watch() {
  for (;;) {
    if (const auto started = start_due(); started.has_error())
      log::error("harvest", "due sources could not be read: " + to_string(started.error()));
    depart();
    give_up_on_the_lifeless();
    forget_daily();
    const auto departure = writer.next_departure();
    std::unique_lock lock(mutex);
    std::chrono::milliseconds nap = longest_nap;
    for (const auto& due : {look_again, departure.has_value() ? *departure : std::nullopt})
      if (due) nap = std::min(nap, std::max<std::chrono::milliseconds>(*due - clock.now(), 1s));
    changed.wait_for(lock, nap, [&] { return stopping || woken; });
    if (stopping) return;
    woken = false;
  }
}

// Jobs of a former process that nobody resumes, of one source or of all: they did not end well, and say so.
void Scheduler::Body::end_left_over(std::string_view source_id) {
  const auto running = writer.running();
  if (running.has_error()) return;
  for (const auto& job : *running) {
    if (!source_id.empty() && job.source_id != source_id) continue;
    auto run = writer.resume(job.id, job.full);
    if (run.has_error()) continue;
    const Error error{ErrorCode::cancelled, "the program ended before the job did", "", ""};
    if (const auto settled = run->settle_moves(false); settled.has_error()) continue;
    if (run->end(JobOutcome::stopped, error, std::nullopt).has_error()) continue;
    log::info("harvest", "job ended", {{"job", job.id}, {"source", job.source_id}, {"outcome", "stopped"}});
  }
}

void Scheduler::Body::shutdown() {
  std::vector<std::thread> ending;
  std::thread watching;
  std::list<Preparing> preparing;
  std::vector<std::thread*> refreshing;  // a thread ends with the mutex: what it tells stays where it is
  {
    const std::lock_guard lock(mutex);
    if (stopping) return;
    stopping = true;
    shutdown_stop.request_stop();
    for (const auto& [id, work] : active) work->stop.request_stop();
    ending.swap(threads);
    std::swap(watching, watcher);
    preparing.swap(previews);
    for (auto& [id, refresh] : refreshes) refreshing.push_back(&refresh.thread);
    changed.notify_all();
  }
  if (watching.joinable()) watching.join();
  for (auto& preview : preparing) preview.thread.join();
  for (auto* thread : refreshing) thread->join();
  for (auto& thread : ending) thread.join();
  end_left_over("");
}

Result<void> Scheduler::reconcile(std::span<const HarvestSource> configured) {
  const auto reconciled = harvest::reconcile(body_->store, configured, body_->clock.now());
  wake();
  return reconciled;
}

void Scheduler::run() {
  const std::lock_guard lock(body_->mutex);
  if (body_->stopping || body_->watcher.joinable()) return;
  body_->watcher = std::thread([body = body_.get()] { body->watch(); });
}

void Scheduler::wake() {
  const std::lock_guard lock(body_->mutex);
  body_->woken = true;
  body_->changed.notify_all();
}

Result<std::size_t> Scheduler::start_due() { return body_->start_due(); }
void Scheduler::give_up_on_the_lifeless() { body_->give_up_on_the_lifeless(); }
void Scheduler::shutdown() { body_->shutdown(); }

Result<std::int64_t> Scheduler::start(std::string_view source_id, bool full) {
  const std::lock_guard lock(body_->mutex);
  return body_->start(source_id, full, true);
}

Result<HarvestJob> Scheduler::wait(std::int64_t job, const Progress& progress) {
  for (;;) {
    {
      std::unique_lock lock(body_->mutex);
      const auto ended = [&] { return !body_->active.contains(job); };
      if (body_->changed.wait_for(lock, progress_pace, ended)) {
        if (const auto unstored = body_->unstored.find(job); unstored != body_->unstored.end()) return unstored->second;
        break;
      }
    }
    if (!progress) continue;
    if (const auto now = body_->store.job(job); now.has_value()) progress(*now);
  }
  return body_->store.job(job);
}

Result<void> Scheduler::stop(std::int64_t job) {
  {
    const std::lock_guard lock(body_->mutex);
    if (const auto found = body_->active.find(job); found != body_->active.end()) {
      found->second->stop.request_stop();
      return found->second->on_thread ? Result<void>() : body_->end_waiting(job);
    }
  }
  const auto known = body_->store.job(job);
  if (known.has_error()) return known.error();
  return Error{ErrorCode::conflict, "the job has ended", "", ""};
}

}  // namespace moisson::harvest
