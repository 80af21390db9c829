#include "harvest/scheduler.h"

#include "core/log.h"
#include "harvest/job.h"
#include "harvest/one_record.h"
#include "harvest/preview.h"
#include "harvest/reconcile.h"
#include "harvest/remap.h"
#include "harvest/schedule.h"
#include "store/writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_nap = 60s;  // the machine's clock may be set, sources may be edited by another hand
constexpr auto progress_pace = 500ms;

Error shutting_down() { return Error{ErrorCode::conflict, "the program is stopping", "", "start it again"}; }

Error unknown_kind(const HarvestSource& source) {
  return Error{ErrorCode::unsupported, "no harvester reads the kind \"" + source.kind + "\"", source.id,
               "correct the source's kind"};
}

}  // namespace

struct Scheduler::Body {
  // A job on its way: waiting for a thread, or on one.
  struct Work {
    store::Run run;
    HarvestSource source;
    std::stop_source stop;
  };

  Body(store::Store& the_store, const SchedulerOptions& the_options, const Clock& the_clock, FetcherFactory factory,
       HarvesterLookup lookup)
      : store(the_store),
        writer(the_store.writer()),
        options(the_options),
        clock(the_clock),
        make_fetcher(std::move(factory)),
        find_harvester(std::move(lookup)) {}

  Result<std::int64_t> start(std::string_view source_id, bool full);
  Result<void> plan_next(const HarvestSource& source, Instant started);
  void work_off();
  void run_one(const std::shared_ptr<Work>& work);
  void watch();
  Result<std::size_t> start_due();
  std::optional<Instant> next_due() const;
  void end_left_over();
  void forget_daily();

  store::Store& store;
  store::Writer& writer;
  const SchedulerOptions options;
  const Clock& clock;
  const FetcherFactory make_fetcher;
  const HarvesterLookup find_harvester;

  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  std::map<std::int64_t, std::shared_ptr<Work>> active;  // by job
  std::deque<std::shared_ptr<Work>> queue;               // of them, those that wait for a thread
  std::map<std::int64_t, HarvestJob> unstored;           // ended, but the store could not take their end
  std::size_t idle = 0;
  bool stopping = false;
  bool woken = false;
  std::stop_source shutdown_stop;
  std::vector<std::thread> threads;
  std::thread watcher;
  Instant forgot{};  // the watcher's own
};

Scheduler::Scheduler(store::Store& store, const SchedulerOptions& options, const Clock& clock,
                     FetcherFactory make_fetcher, HarvesterLookup find_harvester)
    : body_(std::make_unique<Body>(store, options, clock, std::move(make_fetcher), std::move(find_harvester))) {}

Scheduler::~Scheduler() { shutdown(); }

// The slot after this start is written at once, so that a crash does not repeat the run without end.
Result<void> Scheduler::Body::plan_next(const HarvestSource& source, Instant started) {
  const auto next = next_run(source.schedule, source.timezone, source.id, started, started);
  if (next.has_error()) return next.error();
  return writer.set_next_run(source.id, *next);
}

// With the mutex held.
Result<std::int64_t> Scheduler::Body::start(std::string_view source_id, bool full) {
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
  auto run = left_running ? writer.resume(status->last_job->id, full) : writer.begin(source_id, full);
  if (run.has_error()) return run.error();
  if (const auto planned = plan_next(source, clock.now()); planned.has_error())
    log::warning("harvest", to_string(planned.error()), {{"source", source.id}});

  const std::int64_t id = run->job().id;
  auto work = std::make_shared<Work>(Work{std::move(*run), source, {}});
  active.emplace(id, work);
  unstored.erase(id);
  queue.push_back(std::move(work));
  if (idle < queue.size() && threads.size() < std::max<std::size_t>(options.parallel_sources, 1))
    threads.emplace_back([this] { work_off(); });
  changed.notify_all();
  return id;
}

void Scheduler::Body::work_off() {
  std::unique_lock lock(mutex);
  for (;;) {
    ++idle;
    changed.wait(lock, [&] { return stopping || !queue.empty(); });
    --idle;
    if (queue.empty()) return;
    const auto work = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    run_one(work);
    lock.lock();
  }
}

void Scheduler::Body::run_one(const std::shared_ptr<Work>& work) {
  const Harvester& harvester = *find_harvester(work->source.kind);
  const auto fetcher = make_fetcher(work->source, work->stop.get_token());
  const std::int64_t id = work->run.job().id;
  const HarvestJob job = run_job(std::move(work->run), {work->source, harvester, *fetcher, clock, options.deletion, options.language},
                                 work->stop.get_token());
  const std::lock_guard lock(mutex);
  const auto stored = store.job(id);
  if (stored.has_error() || stored->outcome == JobOutcome::running) unstored.insert_or_assign(id, job);
  // What a shutdown stopped is taken up at the next start; what a person stopped waits for its next slot.
  if (stopping && job.outcome == JobOutcome::stopped) {
    if (const auto due = writer.set_next_run(work->source.id, clock.now()); due.has_error())
      log::error("harvest", to_string(due.error()), {{"source", work->source.id}});
  }
  active.erase(id);
  changed.notify_all();
}

Result<std::size_t> Scheduler::Body::start_due() {
  const auto sources = store.sources();
  if (sources.has_error()) return sources.error();
  const Instant now = clock.now();
  std::size_t started = 0;
  for (const auto& status : *sources) {
    if (status.source.state != SourceState::active) continue;
    const bool left_running = status.last_job && status.last_job->outcome == JobOutcome::running;
    const std::lock_guard lock(mutex);
    if (stopping) break;
    const bool is_active = std::any_of(active.begin(), active.end(),
                                       [&](const auto& entry) { return entry.second->source.id == status.source.id; });
    if (is_active || (!left_running && !(status.next_run && *status.next_run <= now))) continue;
    if (const auto job = start(status.source.id, false); job.has_value()) {
      ++started;
    } else {
      log::error("harvest", "a due source could not be started: " + to_string(job.error()),
                 {{"source", status.source.id}});
      // Not again before its next slot: the fault is the configuration's or the disk's.
      if (plan_next(status.source, now).has_error() && writer.set_next_run(status.source.id, std::nullopt).has_error())
        continue;
    }
  }
  return started;
}

std::optional<Instant> Scheduler::Body::next_due() const {
  std::optional<Instant> due;
  const auto sources = store.sources();
  if (sources.has_error()) return due;
  for (const auto& status : *sources)
    if (status.source.state == SourceState::active && status.next_run && (!due || *status.next_run < *due))
      due = status.next_run;
  return due;
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
    forget_daily();
    const auto due = next_due();
    const auto nap = due ? std::clamp<std::chrono::milliseconds>(*due - clock.now(), 1s, longest_nap)
                         : std::chrono::milliseconds(longest_nap);
    std::unique_lock lock(mutex);
    changed.wait_for(lock, nap, [&] { return stopping || woken; });
    if (stopping) return;
    woken = false;
  }
}

// Jobs of a former process that nobody resumed: they did not end well, and say so.
void Scheduler::Body::end_left_over() {
  const auto running = writer.running();
  if (running.has_error()) return;
  for (const auto& job : *running) {
    auto run = writer.resume(job.id, job.full);
    if (run.has_error()) continue;
    const Error error{ErrorCode::cancelled, "the program ended before the job did", "", ""};
    if (const auto settled = run->settle_moves(false); settled.has_error()) continue;
    if (run->end(JobOutcome::stopped, error, std::nullopt).has_error()) continue;
    log::info("harvest", "job ended", {{"job", job.id}, {"source", job.source_id}, {"outcome", "stopped"}});
  }
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

void Scheduler::shutdown() {
  std::vector<std::thread> threads;
  std::thread watcher;
  {
    const std::lock_guard lock(body_->mutex);
    if (body_->stopping) return;
    body_->stopping = true;
    body_->shutdown_stop.request_stop();
    for (const auto& [id, work] : body_->active) work->stop.request_stop();
    threads.swap(body_->threads);
    std::swap(watcher, body_->watcher);
    body_->changed.notify_all();
  }
  if (watcher.joinable()) watcher.join();
  for (auto& thread : threads) thread.join();
  body_->end_left_over();
}

Result<std::int64_t> Scheduler::start(std::string_view source_id, bool full) {
  const std::lock_guard lock(body_->mutex);
  return body_->start(source_id, full);
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
      return {};
    }
  }
  const auto known = body_->store.job(job);
  if (known.has_error()) return known.error();
  return Error{ErrorCode::conflict, "the job has ended", "", ""};
}

Result<HarvestJob> Scheduler::approve(std::int64_t job) { return body_->writer.approve(job); }
Result<HarvestJob> Scheduler::reject(std::int64_t job) { return body_->writer.reject(job); }

Result<void> Scheduler::withdraw(std::string_view record_id) { return body_->writer.withdraw(record_id); }
Result<void> Scheduler::release(std::string_view record_id) { return body_->writer.release(record_id); }

Result<RecordOutcome> Scheduler::refresh(std::string_view record_id) {
  const auto stored = body_->store.record(record_id);
  if (stored.has_error()) return stored.error();
  auto raw = body_->store.raw(record_id);
  if (raw.has_error()) return raw.error();
  const auto status = body_->store.source(stored->source_id);
  if (status.has_error()) return status.error();
  const HarvestSource& source = status->source;
  const Harvester* harvester = body_->find_harvester(source.kind);
  if (harvester == nullptr) return unknown_kind(source);
  const auto fetcher = body_->make_fetcher(source, body_->shutdown_stop.get_token());
  const Worksite worksite{source, *harvester, *fetcher, body_->clock, body_->options.deletion, body_->options.language};
  auto record = read_again(worksite, {stored->remote_id, std::move(*raw)});
  if (record.has_error() && record.error().code == ErrorCode::not_found)
    return Error{ErrorCode::conflict, "the portal no longer shows this record", record.error().where,
                 "its next harvest decides what becomes of it; withdraw it if it must go now"};
  if (record.has_error()) return record.error();
  record->remote_id = stored->remote_id;
  const store::Mapping mapping(source, harvester->mapping_version(), body_->options.language);
  const auto draft = store::make_draft(std::move(*record), mapping);
  if (draft.has_error()) return draft.error();
  return body_->writer.put_again(record_id, *draft);
}

Result<Preview> Scheduler::preview(const HarvestSource& source, std::uint64_t limit) {
  const Harvester* harvester = body_->find_harvester(source.kind);
  if (harvester == nullptr) return unknown_kind(source);
  const auto known = body_->writer.known(source.id);
  if (known.has_error()) return known.error();
  const auto fetcher = body_->make_fetcher(source, body_->shutdown_stop.get_token());
  return harvest::preview({source, *harvester, *fetcher, body_->clock, body_->options.deletion, body_->options.language},
                          *known, limit);
}

Result<Counts> Scheduler::remap(std::string_view source_id) {
  Counts total;
  const auto sources = body_->store.sources();
  if (sources.has_error()) return sources.error();
  bool found = source_id.empty();
  for (const auto& status : *sources) {
    if (!source_id.empty() && status.source.id != source_id) continue;
    found = true;
    const Harvester* harvester = body_->find_harvester(status.source.kind);
    if (harvester == nullptr) return unknown_kind(status.source);
    const auto counts = harvest::remap(body_->writer, status.source, *harvester, body_->options.language, body_->shutdown_stop.get_token());
    if (counts.has_error()) return at(status.source.id, counts.error());
    total.updated += counts->updated;
    total.unchanged += counts->unchanged;
    total.failed += counts->failed;
  }
  if (!found) return Error{ErrorCode::not_found, "there is no source " + std::string(source_id), "", ""};
  return total;
}

}  // namespace moisson::harvest
