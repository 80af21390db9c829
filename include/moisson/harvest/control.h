// HarvestControl: what pages, API and commands may ask of the harvesting side. Implemented by src/harvest/scheduler.h;
// the interface never sees a store, an index or a thread. Thread-safe.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/job.h>
#include <moisson/harvest/outcome.h>
#include <moisson/harvest/plan.h>
#include <moisson/harvest/refresh.h>
#include <moisson/harvest/source.h>
#include <moisson/harvest/source_edit.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace moisson::harvest {

// Where a running job stands; counts so far.
using Progress = std::function<void(const HarvestJob&)>;

class HarvestControl {
 public:
  virtual ~HarvestControl() = default;

  // Starts a job now. Result: its id. conflict: one already runs for this source; not_found: no such source.
  virtual Result<std::int64_t> start(std::string_view source_id, bool full) = 0;

  // Blocks until the job has ended; `progress` is called about twice a second from this thread. not_found: no such job.
  virtual Result<HarvestJob> wait(std::int64_t job, const Progress& progress) = 0;

  // Takes effect at the next record. conflict: it has ended.
  virtual Result<void> stop(std::int64_t job) = 0;

  // Decides a held job's removals. conflict: nothing waits.
  virtual Result<HarvestJob> approve(std::int64_t job) = 0;
  virtual Result<HarvestJob> reject(std::int64_t job) = 0;

  // Keeps the removed records of a job that are still within their grace period. conflict: there are none.
  virtual Result<HarvestJob> undo(std::int64_t job) = 0;

  // Reads one record from its portal again; blocks for as long as the portal takes. Result: updated or unchanged, in the
  // store when it returns. not_found, cancelled: no live record of this id; conflict: the portal no longer shows it.
  virtual Result<RecordOutcome> refresh(std::string_view record_id) = 0;
  // The same on a thread of its own. not_found, cancelled as above; conflict: it is being read, or as many as may be are.
  virtual Result<void> begin_refresh(std::string_view record_id) = 0;
  // What became of the last one that was begun, as long as this program runs and remembers; nothing: none was.
  virtual std::optional<Refresh> refreshed(std::string_view record_id) const = 0;

  // Takes one record out at once, and keeps it out until it is released: the next harvest that meets it then brings it
  // back under its id. not_found; conflict: it is not withdrawn.
  virtual Result<void> withdraw(std::string_view record_id) = 0;
  virtual Result<void> release(std::string_view record_id) = 0;

  // Says that two records are two things, though signals link them, or takes that back. not_found; invalid_input: one
  // record twice.
  virtual Result<void> keep_apart(std::string_view record_id, std::string_view other_id, bool apart) = 0;

  // Registers a portal for its operators: a draft, unless the description names the state. conflict: the id is taken;
  // invalid_input names the field in `where`.
  // The account that registers it looks after it from then on; empty: nobody in particular does (the command line).
  virtual Result<HarvestSource> add_source(std::string_view id, const SourceEdit& description,
                                           std::string_view account = {}) = 0;
  // Changes what is said of a source, its secrets or its state (src/harvest/source_edit.h says which steps there are).
  // An address on another host forgets the secrets that are not given anew.
  // conflict: the configuration file describes it (there, only pausing and resuming is a person's), or the step is none.
  virtual Result<HarvestSource> change_source(std::string_view id, const SourceEdit& edit) = 0;
  // Harvests it no more; its records stay, or go with `purge`. Result: records removed. conflict: a job runs, or the
  // configuration file describes it.
  virtual Result<std::uint64_t> retire_source(std::string_view id, bool purge) = 0;

  // Reads the portal and says what a run would do; writes nothing but the plan, which is kept for plan_keeping. `limit`
  // 0: everything. The source need not be registered.
  virtual Result<Plan> preview(const HarvestSource& source, std::uint64_t limit) = 0;
  // The same on a thread of its own: the plan as it begins, to be looked up by its id. conflict: two are being made.
  virtual Result<Plan> begin_preview(const HarvestSource& source, std::uint64_t limit) = 0;
  // A source that is not registered, described and checked as it would be by add_source().
  virtual Result<HarvestSource> described(std::string_view id, const SourceEdit& description) const = 0;
  // Starts a job that does exactly what a plan lists: what the portal changed since is left as it stands, and told.
  // Result: its id. not_found: there is no such plan, or it has expired; conflict: it is not ready, its source is not
  // active, was described anew since, or is being read.
  virtual Result<std::int64_t> apply(std::string_view plan) = 0;

  // Applies today's mapping to the stored raw records of one source, or of all if empty. Result: records that changed.
  virtual Result<Counts> remap(std::string_view source_id) = 0;
};

}  // namespace moisson::harvest
