// HarvestJob: one run of one source, from its start to its outcome; and the plan that a preview shows. Values.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/dcat/finding.h>
#include <moisson/dcat/mapping_report.h>
#include <moisson/dcat/record.h>
#include <moisson/harvest/outcome.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moisson::harvest {

struct HarvestJob {
  std::int64_t id = 0;
  std::string source_id;
  JobOutcome outcome = JobOutcome::running;
  Counts counts;
  std::uint64_t pages = 0;
  std::uint64_t announced = 0;         // records that the portal said it has; 0: it did not say
  std::uint64_t removals_waiting = 0;  // of a held job
  std::uint64_t removals_leaving = 0;  // removed records that stay in the search until their grace is over
  std::optional<Instant> leaving;      // when the first of them goes
  Instant started{};
  std::optional<Instant> heartbeat;  // the last sign of life; none: it waits for its turn
  std::optional<Instant> ended;
  std::optional<Error> error;          // why it is not a plain success
  std::vector<dcat::Finding> remarks;  // about the source as a whole, at most 100
  bool full = false;
  std::string plan;  // that it applies, and nothing else; empty: none
  bool operator==(const HarvestJob&) const = default;
};

// A running job without a sign of life for this long is shown as stalled; one that stays so is ended.
inline constexpr std::chrono::minutes stalled_after{10};
inline constexpr std::chrono::minutes given_up_after{30};

inline bool is_stalled(const HarvestJob& job, Instant now) {
  return job.outcome == JobOutcome::running && job.heartbeat && now - *job.heartbeat >= stalled_after;
}

// One row of a job's report: what became of one record.
struct JobRecord {
  RecordOutcome outcome = RecordOutcome::unchanged;
  std::string remote_id;
  std::string record_id;  // empty if it was never stored
  std::string title;
  std::string cause;  // stable word of a failure, skip or finding; empty for a plain success
  std::string place;  // pointer into the source
  std::string message;
  std::string hint;
  bool operator==(const JobRecord&) const = default;
};

// One field that an update would change, as canonical JSON before and after, at most 2,000 bytes each; empty: it is not
// there.
struct FieldChange {
  std::string field, before, after;
  bool operator==(const FieldChange&) const = default;
};

// What would become of one record.
struct PlannedRecord {
  JobRecord record;
  std::string content_hash;          // of what would be stored; empty: nothing would
  std::vector<FieldChange> changes;  // of an update
  bool operator==(const PlannedRecord&) const = default;
};

// A dry run: what would happen. Nothing was written.
struct Preview {
  Counts counts;
  JobOutcome outcome = JobOutcome::succeeded;  // the outcome the run would have
  bool complete = false;                       // every record was read (no --limit)
  std::uint64_t announced = 0;
  std::vector<PlannedRecord> records;  // every record that would not be unchanged, at most 100,000
  std::vector<dcat::Record> sample;    // the first 20 as they would appear
  std::vector<dcat::Finding> remarks;
  std::vector<dcat::PropertyTally> mapping;  // what became of each property of the records read
  std::optional<Error> error;
};

}  // namespace moisson::harvest
