#include "harvest/outcome.h"

namespace moisson::harvest {
namespace {

JobOutcome outcome_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::refused:
      return JobOutcome::refused_by_source;
    case ErrorCode::unreachable:
    case ErrorCode::timeout:
      return JobOutcome::unreachable;
    case ErrorCode::cancelled:
      return JobOutcome::stopped;
    default:
      return JobOutcome::failed;
  }
}

}  // namespace

JobOutcome outcome_of(const RunFacts& facts) {
  const Counts& counts = facts.counts;
  if (facts.stopped) return JobOutcome::stopped;
  if (facts.error) return outcome_of(*facts.error);
  if (facts.held) return JobOutcome::held;
  if (facts.lost || counts.failed > 0) return JobOutcome::partial;
  const bool changed = counts.created + counts.updated + counts.moved + counts.removed > 0;
  return changed ? JobOutcome::succeeded : JobOutcome::nothing_changed;
}

bool is_failure(JobOutcome outcome) {
  return outcome == JobOutcome::refused_by_source || outcome == JobOutcome::unreachable ||
         outcome == JobOutcome::failed;
}

bool keeps_memory(JobOutcome outcome) {
  return outcome == JobOutcome::succeeded || outcome == JobOutcome::nothing_changed || outcome == JobOutcome::partial;
}

}  // namespace moisson::harvest
