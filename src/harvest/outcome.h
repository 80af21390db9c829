// How a job ends, from what happened to it. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/outcome.h>

#include <optional>

namespace moisson::harvest {

// What decides an outcome.
struct RunFacts {
  std::optional<Error> error;  // of the source or the store; it ended the job
  bool stopped = false;        // a person or a shutdown said so
  bool lost = false;           // pages or parts of them could not be read
  bool held = false;           // removals wait for a person
  Counts counts;
};

// An error's code alone decides between refused_by_source, unreachable and failed; the records stored before it stand.
JobOutcome outcome_of(const RunFacts& facts);

// Whether the source, or what lies between, is at fault: such runs in a row make the next one wait.
bool is_failure(JobOutcome outcome);

// Whether the harvester's memory of the run is kept for the next one: only if it came to the end of its listing.
bool keeps_memory(JobOutcome outcome);

}  // namespace moisson::harvest
