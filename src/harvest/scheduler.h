// Scheduler: runs the jobs. It starts each source when it is due (agenda.h), on its own threads, and does what people
// ask of it (HarvestControl). At most `parallel_sources` jobs run at once, and one more that a person started; one a
// host, and one a source, ever; the others wait their turn. A job that shows no sign of life for half an hour is ended,
// and a source that keeps failing is asked less often. Thread-safe. What was left running by a former process is
// resumed; what a shutdown stops is due again at the next start.
#pragma once

#include "harvest/deletion_plan.h"
#include "harvest/source_edit.h"
#include "store/store.h"

#include <moisson/core/time.h>
#include <moisson/harvest/control.h>
#include <moisson/harvest/harvester.h>
#include <moisson/net/fetcher.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace moisson::harvest {

// A fetcher for one job of this source; its fetches end when the token says so.
using FetcherFactory = std::function<std::unique_ptr<net::Fetcher>(const HarvestSource&, std::stop_token)>;

struct SchedulerOptions {
  std::size_t parallel_sources = 8;  // at least 1
  DeletionLimits deletion;
  std::string language = {};     // the catalog's, BCP 47: of records that nothing else tells
  std::chrono::hours grace{0};   // of sources that operators register without saying
  std::string catalog_url = {};  // the catalog's base_url
};

class Scheduler final : public HarvestControl {
 public:
  // Store and clock outlive it.
  Scheduler(store::Store& store, const SchedulerOptions& options, const Clock& clock, FetcherFactory make_fetcher,
            HarvesterLookup find_harvester);
  ~Scheduler() override;  // shutdown()

  // Makes the store's sources those of the configuration: new ones are registered, known ones described anew; one that
  // left the configuration is paused, its records kept, and belongs to the operators from then on. One that a person
  // paused stays so.
  Result<void> reconcile(std::span<const HarvestSource> configured);

  // Starts the thread that starts what is due. A program that only runs named jobs does without.
  void run();

  // Looks again now: the clock was turned, or sources changed. Without effect before run().
  void wake();

  // Starts every job that is due or was left running by a former process. Result: how many. run()'s thread calls it.
  Result<std::size_t> start_due();

  // Ends the jobs that showed no sign of life for given_up_after. run()'s thread calls it.
  void give_up_on_the_lifeless();

  // Stops every job at its next record and waits for it. Idempotent; nothing starts afterwards (conflict).
  void shutdown();

  Result<std::int64_t> start(std::string_view source_id, bool full) override;
  Result<HarvestJob> wait(std::int64_t job, const Progress& progress) override;
  Result<void> stop(std::int64_t job) override;
  Result<HarvestJob> approve(std::int64_t job) override;
  Result<HarvestJob> reject(std::int64_t job) override;
  Result<HarvestJob> undo(std::int64_t job) override;
  Result<HarvestSource> add_source(std::string_view id, const SourceEdit& description,
                                   std::string_view account = {}) override;
  Result<HarvestSource> change_source(std::string_view id, const SourceEdit& edit) override;
  Result<std::uint64_t> retire_source(std::string_view id, bool purge) override;
  Result<RecordOutcome> refresh(std::string_view record_id) override;
  Result<void> begin_refresh(std::string_view record_id) override;
  std::optional<Refresh> refreshed(std::string_view record_id) const override;
  Result<void> withdraw(std::string_view record_id) override;
  Result<void> release(std::string_view record_id) override;
  Result<void> keep_apart(std::string_view record_id, std::string_view other_id, bool apart) override;
  Result<Plan> preview(const HarvestSource& source, std::uint64_t limit) override;
  Result<Plan> begin_preview(const HarvestSource& source, std::uint64_t limit) override;
  Result<HarvestSource> described(std::string_view id, const SourceEdit& description) const override;
  Result<std::int64_t> apply(std::string_view plan) override;
  Result<Counts> remap(std::string_view source_id) override;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::harvest
