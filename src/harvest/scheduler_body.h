// The inside of the Scheduler, shared by scheduler.cpp (what runs when) and operations.cpp (what people ask for).
#pragma once

#include "harvest/agenda.h"
#include "harvest/plan_filter.h"
#include "harvest/portal_access.h"
#include "harvest/pulse.h"
#include "harvest/scheduler.h"
#include "store/writer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace moisson::harvest {

Error unknown_kind(const HarvestSource& source);

struct Scheduler::Body {
  // A job on its way: waiting for a thread, or on one.
  struct Work {
    Work(store::Run begun, HarvestSource described, bool person)
        : run(std::move(begun)), source(std::move(described)), by_person(person) {}
    store::Run run;
    const HarvestSource source;
    const bool by_person;
    bool on_thread = false;
    std::stop_source stop;
    Pulse pulse;
  };
  using Queue = std::deque<std::shared_ptr<Work>>;

  Body(store::Store& the_store, const SchedulerOptions& the_options, const Clock& the_clock, FetcherFactory factory,
       HarvesterLookup lookup)
      : store(the_store),
        writer(the_store.writer()),
        options(the_options),
        clock(the_clock),
        make_fetcher(std::move(factory)),
        find_harvester(std::move(lookup)) {}

  // A plan's id, if it applies one.
  Result<std::int64_t> start(std::string_view source_id, bool full, bool by_person, std::string_view plan = {});
  Result<Plan> make_plan(Plan plan, const HarvestSource& source, std::uint64_t limit);
  Result<std::size_t> start_due();
  void watch();
  void give_up_on_the_lifeless();
  Result<void> end_waiting(std::int64_t job);
  // As the source is read.
  Result<PortalAccess> access(const HarvestSource& source, const Harvester& harvester, std::stop_token stop);
  Result<RecordOutcome> refresh(std::string_view record_id);
  Result<void> write_source(const HarvestSource& source, const SourceEdit& edit);
  void shutdown();

  store::Store& store;
  store::Writer& writer;
  const SchedulerOptions options;
  const Clock& clock;
  const FetcherFactory make_fetcher;
  const HarvesterLookup find_harvester;

  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  std::map<std::int64_t, std::shared_ptr<Work>> active;  // by job
  Queue queue;                                           // of them, those that wait for a thread
  std::map<std::int64_t, HarvestJob> unstored;           // ended, but the store could not take their end
  std::size_t idle = 0;
  bool stopping = false;
  bool woken = false;
  std::optional<Instant> look_again;
  std::stop_source shutdown_stop;
  std::vector<std::thread> threads;
  std::thread watcher;
  // Previews on threads of their own.
  struct Preparing {
    std::thread thread;
    std::atomic<bool> done = false;
  };
  std::list<Preparing> previews;
  // Single records read again on threads of their own, and what came of them.
  struct Refreshing {
    std::thread thread;
    Refresh told;
  };
  std::map<std::string, Refreshing, std::less<>> refreshes;  // by record
  Instant forgot{};                                          // the watcher's own

 private:
  std::size_t places() const { return options.parallel_sources == 0 ? 1 : options.parallel_sources; }
  Result<store::Run> take_up(const HarvestJob& job, bool full);
  Result<void> plan_next(const HarvestSource& source, Instant started);
  void plan_retry(const HarvestSource& source, const HarvestJob& job);
  Queue::iterator next_runnable();
  void work_off();
  void run_one(const std::shared_ptr<Work>& work);
  HarvestJob run_with_secrets(Work& work);
  Result<std::optional<PlanFilter>> plan_of(const HarvestJob& job) const;
  void end_left_over(std::string_view source_id);
  void depart();
  void forget_daily();
};

}  // namespace moisson::harvest
