#include "harvest/outcome.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

Error error(ErrorCode code) { return {code, "why", "", ""}; }

TEST(JobOutcome, IsDecidedByWhatHappened) {
  struct Case {
    const char* what;
    RunFacts facts;
    JobOutcome outcome;
  };
  const Case cases[] = {
      {"nothing new", {.counts = {.unchanged = 9}}, JobOutcome::nothing_changed},
      {"an empty portal", {}, JobOutcome::nothing_changed},
      {"created", {.counts = {.created = 1}}, JobOutcome::succeeded},
      {"updated", {.counts = {.updated = 1}}, JobOutcome::succeeded},
      {"moved", {.counts = {.moved = 1}}, JobOutcome::succeeded},
      {"removed", {.counts = {.removed = 1}}, JobOutcome::succeeded},
      {"only skipped", {.counts = {.skipped = 3}}, JobOutcome::nothing_changed},
      {"a failed record", {.counts = {.created = 9, .failed = 1}}, JobOutcome::partial},
      {"a lost page", {.lost = true, .counts = {.created = 9}}, JobOutcome::partial},
      {"held", {.held = true, .counts = {.updated = 2}}, JobOutcome::held},
      {"held with a failed record", {.held = true, .counts = {.failed = 1}}, JobOutcome::held},
      {"refused", {.error = error(ErrorCode::refused)}, JobOutcome::refused_by_source},
      {"no answer", {.error = error(ErrorCode::unreachable)}, JobOutcome::unreachable},
      {"no answer in time", {.error = error(ErrorCode::timeout)}, JobOutcome::unreachable},
      {"not a catalog", {.error = error(ErrorCode::invalid_input)}, JobOutcome::failed},
      {"gone", {.error = error(ErrorCode::not_found)}, JobOutcome::failed},
      {"a full disk", {.error = error(ErrorCode::io)}, JobOutcome::failed},
      {"stopped", {.stopped = true, .lost = true, .counts = {.created = 1}}, JobOutcome::stopped},
      {"stopped in a fetch", {.error = error(ErrorCode::cancelled)}, JobOutcome::stopped},
  };
  for (const auto& row : cases) EXPECT_EQ(outcome_of(row.facts), row.outcome) << row.what;
}

TEST(JobOutcome, KeepsTheMemoryOfRunsThatReachedTheirEnd) {
  EXPECT_TRUE(keeps_memory(JobOutcome::succeeded));
  EXPECT_TRUE(keeps_memory(JobOutcome::nothing_changed));
  EXPECT_TRUE(keeps_memory(JobOutcome::partial));
  EXPECT_FALSE(keeps_memory(JobOutcome::held));  // the next run meets again what waits, and plans it anew
  EXPECT_FALSE(keeps_memory(JobOutcome::stopped));
  EXPECT_FALSE(keeps_memory(JobOutcome::failed));
  EXPECT_FALSE(keeps_memory(JobOutcome::unreachable));
  EXPECT_FALSE(keeps_memory(JobOutcome::refused_by_source));
}

}  // namespace
}  // namespace moisson::harvest
