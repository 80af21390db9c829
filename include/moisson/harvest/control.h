// HarvestControl: what pages, API and commands may ask of the harvesting side. Implemented by src/harvest/scheduler.h;
// the interface never sees a store, an index or a thread. Thread-safe.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/job.h>
#include <moisson/harvest/outcome.h>
#include <moisson/harvest/source.h>

#include <cstdint>
#include <functional>
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

  // Reads one record from its portal again; blocks for as long as the portal takes. Result: updated or unchanged, in the
  // store when it returns. not_found, cancelled: no live record of this id; conflict: the portal no longer shows it.
  virtual Result<RecordOutcome> refresh(std::string_view record_id) = 0;

  // Takes one record out at once, and keeps it out until it is released: the next harvest that meets it then brings it
  // back under its id. not_found; conflict: it is not withdrawn.
  virtual Result<void> withdraw(std::string_view record_id) = 0;
  virtual Result<void> release(std::string_view record_id) = 0;

  // Reads the portal and says what a run would do; writes nothing. `limit` 0: everything.
  virtual Result<Preview> preview(const HarvestSource& source, std::uint64_t limit) = 0;

  // Applies today's mapping to the stored raw records of one source, or of all if empty. Result: records that changed.
  virtual Result<Counts> remap(std::string_view source_id) = 0;
};

}  // namespace moisson::harvest
