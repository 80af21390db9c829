// Records that vanished from their portal: they stay for their grace period, come back, are kept, or go.

#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::store {
namespace {

using namespace std::chrono_literals;
using harvest::JobOutcome;
using harvest::RecordOutcome;

class DeparturesTest : public testing::Test {
 protected:
  DeparturesTest() {
    source.grace = 48h;
    EXPECT_TRUE(shelf.writer().put_source(source).has_value());
  }

  store::Run seeing(const std::vector<std::string>& remote_ids) {
    auto run = shelf.writer().begin(source.id, true);
    EXPECT_TRUE(run.has_value());
    Batch batch;
    for (const auto& id : remote_ids) batch.drafts.push_back(test::draft_of(source, id, "Titre " + id));
    EXPECT_TRUE(run->apply(batch).has_value());
    EXPECT_TRUE(run->settle_moves(true).has_value());
    return std::move(*run);
  }
  harvest::HarvestJob harvest(const std::vector<std::string>& remote_ids) {
    auto run = seeing(remote_ids);
    EXPECT_TRUE(run.remove_unseen().has_value());
    EXPECT_TRUE(run.end(JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
    EXPECT_EQ(*shelf.store->job(run.job().id), run.job());
    return run.job();
  }
  std::uint64_t records() const { return *shelf.store->record_count(); }

  test::Shelf shelf;
  harvest::HarvestSource source = test::source_named("ville");
};

TEST_F(DeparturesTest, ARecordThatVanishedStaysForItsGraceAndThenGoes) {
  harvest({"a", "b"});
  const auto job = harvest({"a"});
  EXPECT_EQ(job.counts, (harvest::Counts{.unchanged = 1, .removed = 1}));
  EXPECT_EQ(job.removals_leaving, 1u);
  EXPECT_EQ(job.leaving, shelf.clock.now() + 48h);
  EXPECT_EQ(shelf.store->job_records(job.id, RecordOutcome::removed, 0, 10)->rows.front().cause, "grace");
  EXPECT_EQ(records(), 2u);
  EXPECT_EQ(harvest({"a"}).counts, (harvest::Counts{.unchanged = 1})) << "it is not removed twice";
  shelf.clock.turn(48h - 1s);
  EXPECT_EQ(*shelf.writer().remove_departed(), 0u);
  EXPECT_EQ(*shelf.writer().next_departure(), job.leaving);
  shelf.clock.turn(1s);
  EXPECT_EQ(*shelf.writer().remove_departed(), 1u);
  EXPECT_EQ(records(), 1u);
  EXPECT_EQ(*shelf.writer().next_departure(), std::nullopt);
}

TEST_F(DeparturesTest, ARecordThatReappearsWithinItsGraceIsSimplyThere) {
  harvest({"a", "b"});
  harvest({"a"});
  const auto seq = shelf.store->last_seq();
  EXPECT_EQ(harvest({"a", "b"}).counts, (harvest::Counts{.unchanged = 2}));
  EXPECT_EQ(shelf.store->last_seq(), seq);
  shelf.clock.turn(100h);
  EXPECT_EQ(*shelf.writer().remove_departed(), 0u);
  EXPECT_EQ(records(), 2u);
}

TEST_F(DeparturesTest, WhatAPersonKeptStaysUntilARunAsksAgain) {
  harvest({"a", "b", "c"});
  const auto job = harvest({"a"});
  const auto undone = shelf.writer().undo(job.id);
  ASSERT_TRUE(undone.has_value());
  EXPECT_EQ(undone->counts.removed, 0u);
  EXPECT_EQ(undone->removals_leaving, 0u);
  EXPECT_EQ(shelf.writer().undo(job.id).error().code, ErrorCode::conflict);
  EXPECT_EQ(shelf.writer().undo(99).error().code, ErrorCode::not_found);
  const auto told = shelf.store->job_records(job.id, RecordOutcome::removed, 0, 10).value();
  for (const auto& row : told.rows) EXPECT_EQ(row.cause, "kept");
  shelf.clock.turn(100h);
  EXPECT_EQ(*shelf.writer().remove_departed(), 0u);

  auto run = seeing({"a", "b"});
  EXPECT_EQ(run.unseen()->unseen, 1u);
  EXPECT_EQ(run.unseen()->kept, 1u) << "b came back, c was kept";
  ASSERT_TRUE(run.hold(true).has_value());
  ASSERT_TRUE(run.end(JobOutcome::held, std::nullopt, std::nullopt).has_value());
  const auto waiting = shelf.store->removals(run.job().id, 0, 10)->rows;
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting.front().remote_id + " " + waiting.front().title, "c Titre c");
  const auto approved = shelf.writer().approve(run.job().id);
  ASSERT_TRUE(approved.has_value());
  EXPECT_EQ(approved->removals_waiting, 0u);
  EXPECT_EQ(approved->removals_leaving, 1u);
  EXPECT_EQ(records(), 3u);
  shelf.clock.turn(48h);
  EXPECT_EQ(*shelf.writer().remove_departed(), 1u);
  EXPECT_EQ(records(), 2u);
}

TEST_F(DeparturesTest, ACatalogThatDidNotChangeStillDoesNotListWhatVanished) {
  harvest({"a", "b"});
  harvest({"a"});
  auto run = shelf.writer().begin(source.id, false);
  ASSERT_TRUE(run->sight_all().has_value());
  EXPECT_EQ(run->job().counts, (harvest::Counts{.unchanged = 1}));
  EXPECT_EQ(run->unseen()->unseen, 0u);
  ASSERT_TRUE(run->end(JobOutcome::nothing_changed, std::nullopt, std::nullopt).has_value());
  shelf.clock.turn(48h);
  EXPECT_EQ(*shelf.writer().remove_departed(), 1u);
}

TEST_F(DeparturesTest, NothingGoesWhileAJobReadsItsPortal) {
  harvest({"a", "b"});
  harvest({"a"});
  shelf.clock.turn(100h);
  auto run = seeing({"b"});
  EXPECT_EQ(*shelf.writer().remove_departed(), 0u);
  EXPECT_EQ(run.job().counts, (harvest::Counts{.unchanged = 1}));
}

TEST_F(DeparturesTest, APurgeTakesWhatIsLeavingToo) {
  harvest({"a", "b"});
  harvest({"a"});
  EXPECT_EQ(*shelf.writer().retire_source(source.id, true), 2u);
  EXPECT_EQ(records(), 0u);
  shelf.clock.turn(100h);
  EXPECT_EQ(*shelf.writer().remove_departed(), 0u);
}

}  // namespace
}  // namespace moisson::store
