// The closed words of a harvest: what became of a record, how a job ended, and the counts that must add up. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace moisson::harvest {

// Every record seen ends in exactly one.
enum class RecordOutcome : std::uint8_t { created, updated, unchanged, moved, skipped, failed, removed };
std::string_view to_string(RecordOutcome outcome);
std::optional<RecordOutcome> record_outcome(std::string_view word);

// How a job stands. `running` is the only one that is not an end.
enum class JobOutcome : std::uint8_t {
  running,
  succeeded,
  nothing_changed,
  // Some records or pages could not be read; a lost page, or a record whose id was lost, removes nothing.
  partial,
  held,               // created and updated stand; the removals wait for a person
  refused_by_source,  // 401, 403, a login or challenge page
  unreachable,        // no answer, or none in time
  failed,             // the source answered, but not with a catalog we can read
  stopped,            // a person or a shutdown stopped it
};
std::string_view to_string(JobOutcome outcome);
std::optional<JobOutcome> job_outcome(std::string_view word);

struct Counts {
  std::uint64_t created = 0, updated = 0, unchanged = 0, moved = 0, skipped = 0, failed = 0;
  std::uint64_t removed = 0;  // counted apart: a removed record was not seen

  std::uint64_t seen() const { return created + updated + unchanged + moved + skipped + failed; }
  std::uint64_t& operator[](RecordOutcome outcome);
  std::uint64_t operator[](RecordOutcome outcome) const;
  bool operator==(const Counts&) const = default;
};

}  // namespace moisson::harvest
