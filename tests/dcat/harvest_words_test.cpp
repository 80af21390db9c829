#include <moisson/harvest/outcome.h>
#include <moisson/harvest/source.h>

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

TEST(HarvestWords, AreReadBackAsTheyAreWritten) {
  for (int i = 0; i <= static_cast<int>(SourceState::retired); ++i)
    EXPECT_EQ(source_state(to_string(static_cast<SourceState>(i))), static_cast<SourceState>(i));
  for (int i = 0; i <= static_cast<int>(RecordOutcome::removed); ++i)
    EXPECT_EQ(record_outcome(to_string(static_cast<RecordOutcome>(i))), static_cast<RecordOutcome>(i));
  for (int i = 0; i <= static_cast<int>(JobOutcome::stopped); ++i)
    EXPECT_EQ(job_outcome(to_string(static_cast<JobOutcome>(i))), static_cast<JobOutcome>(i));
  EXPECT_EQ(to_string(JobOutcome::refused_by_source), "refused_by_source");
  EXPECT_EQ(to_string(JobOutcome::stopped), "stopped");
  EXPECT_EQ(to_string(RecordOutcome::removed), "removed");
  EXPECT_EQ(source_state("asleep"), std::nullopt);
  EXPECT_EQ(job_outcome(""), std::nullopt);
}

TEST(Counts, HoldOneNumberForEachOutcome) {
  Counts counts;
  for (int i = 0; i <= static_cast<int>(RecordOutcome::removed); ++i) counts[static_cast<RecordOutcome>(i)] += 1u << i;
  EXPECT_EQ(counts.created, 1u);
  EXPECT_EQ(counts.failed, 32u);
  EXPECT_EQ(counts.removed, 64u);
  EXPECT_EQ(counts.seen(), 63u);
  EXPECT_EQ(std::as_const(counts)[RecordOutcome::moved], counts.moved);
}

}  // namespace
}  // namespace moisson::harvest
