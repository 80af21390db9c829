#include "store/store.h"

#include "store/sqlite.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>
#include <moisson/core/uuid.h>

#include <thread>

namespace moisson::store {
namespace {

using harvest::JobOutcome;
using harvest::RecordOutcome;
using test::Shelf;

class StoreTest : public testing::Test {
 protected:
  StoreTest() { EXPECT_TRUE(shelf.writer().put_source(source).has_value()); }

  // A finished job that saw exactly these (remote id, title).
  harvest::HarvestJob harvest(const std::vector<std::pair<std::string, std::string>>& listed, bool complete = true) {
    auto run = shelf.writer().begin(source.id, false);
    EXPECT_TRUE(run.has_value()) << to_string(run.error());
    Batch batch;
    for (const auto& [remote_id, title] : listed) batch.drafts.push_back(test::draft_of(source, remote_id, title));
    EXPECT_TRUE(run->apply(batch).has_value());
    EXPECT_TRUE(run->settle_moves(complete).has_value());
    EXPECT_TRUE(!complete || run->remove_unseen().has_value());
    EXPECT_TRUE(run->end(JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
    return run->job();
  }

  std::string id_of(const std::string& remote_id) const {
    for (const auto& record : *shelf.store->records_after(0, 100))
      if (record.remote_id == remote_id) return record.id;
    return "";
  }

  Shelf shelf;
  const harvest::HarvestSource source = test::source_named("ville");
};

TEST_F(StoreTest, MintsAnIdAtFirstSightAndReadsTheRecordBack) {
  harvest({{"a", "Arbres"}});
  const auto record = shelf.store->record(record_uuid("ville", "a"));
  ASSERT_TRUE(record.has_value()) << to_string(record.error());
  EXPECT_EQ(record->remote_id, "a");
  EXPECT_EQ(record->source_id, "ville");
  EXPECT_EQ(record->seq, 1u);
  EXPECT_EQ(record->first_seen, shelf.clock.now());
  EXPECT_EQ(record->last_seen, shelf.clock.now());
  EXPECT_NE(record->json.find("Arbres"), std::string::npos);
  const auto raw = shelf.store->raw(record->id);
  ASSERT_TRUE(raw.has_value());
  EXPECT_EQ(raw->bytes, test::record_of("a", "Arbres").raw.bytes);
  EXPECT_EQ(raw->pointer, "/a");
}

TEST_F(StoreTest, AnUnchangedRecordIsSightedButTakesNoSeq) {
  harvest({{"a", "Arbres"}});
  shelf.clock.turn(std::chrono::hours(1));
  const auto job = harvest({{"a", "Arbres"}});
  EXPECT_EQ(job.counts.unchanged, 1u);
  EXPECT_EQ(shelf.store->last_seq(), 1u);
  const auto record = *shelf.store->record(id_of("a"));
  EXPECT_EQ(record.last_seen - record.last_changed, std::chrono::hours(1));
  EXPECT_EQ(record.last_job, job.id);
}

TEST_F(StoreTest, ARecordStandsOnceInTheChangeLogAtItsLatestSeq) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}});
  harvest({{"a", "Arbres remarquables"}, {"b", "Bancs"}});
  const auto changes = test::changes_of(*shelf.store);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].seq, 2u);
  EXPECT_EQ(changes[1].seq, 3u);
  EXPECT_EQ(changes[1].record->remote_id, "a");
}

TEST_F(StoreTest, ARemovedRecordLeavesATombstoneAndGetsItsIdAndRowBack) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}});
  const auto before = *shelf.store->record(id_of("a"));
  const auto job = harvest({{"b", "Bancs"}});
  EXPECT_EQ(job.counts.removed, 1u);
  EXPECT_EQ(shelf.store->record(before.id).error().code, ErrorCode::cancelled);
  EXPECT_EQ(shelf.store->raw(before.id).error().code, ErrorCode::cancelled);
  EXPECT_EQ(shelf.store->record("nobody").error().code, ErrorCode::not_found);
  EXPECT_TRUE(test::changes_of(*shelf.store).back().removed);
  EXPECT_EQ(*shelf.store->record_count(), 1u);

  harvest({{"a", "Arbres"}, {"b", "Bancs"}});
  const auto after = *shelf.store->record(before.id);
  EXPECT_EQ(after.row, before.row);
  EXPECT_EQ(*shelf.store->record_count(), 2u);
}

TEST_F(StoreTest, AMovedRecordKeepsItsIdAndTheOldRemoteIdGetsAnotherOne) {
  harvest({{"a", "Arbres"}});
  const std::string id = id_of("a");
  EXPECT_EQ(harvest({{"z", "Arbres"}}).counts.moved, 1u);
  EXPECT_EQ(id_of("z"), id);
  harvest({{"z", "Arbres"}, {"a", "Autre chose"}});
  EXPECT_NE(id_of("a"), id);
  EXPECT_TRUE(is_uuid(id_of("a")));
}

TEST_F(StoreTest, PossibleMovesAreCreatedIfTheListingDoesNotComplete) {
  harvest({{"a", "Arbres"}});
  const auto job = harvest({{"z", "Arbres"}}, false);
  EXPECT_EQ(job.counts.created, 1u);
  EXPECT_EQ(job.counts.moved, 0u);
  EXPECT_EQ(*shelf.store->record_count(), 2u);
}

TEST_F(StoreTest, TwoCandidatesForOneMoveAreNoMove) {
  harvest({{"a", "Arbres"}});
  const auto job = harvest({{"y", "Arbres"}, {"z", "Arbres"}});
  EXPECT_EQ(job.counts.created, 2u);
  EXPECT_EQ(job.counts.removed, 1u);
}

TEST_F(StoreTest, OnlyOneJobASourceRuns) {
  auto run = shelf.writer().begin(source.id, false);
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(shelf.writer().begin(source.id, false).error().code, ErrorCode::conflict);
  ASSERT_TRUE(run->end(JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
  EXPECT_TRUE(shelf.writer().begin(source.id, false).has_value());
  EXPECT_EQ(shelf.writer().begin("nobody", false).error().code, ErrorCode::not_found);
}

TEST_F(StoreTest, AKilledJobIsTakenUpWithoutLosingOrDoublingItsRecords) {
  std::int64_t id = 0;
  {
    auto run = shelf.writer().begin(source.id, false);
    id = run->job().id;
    Batch batch;
    batch.drafts.push_back(test::draft_of(source, "a", "Arbres"));
    batch.drafts.push_back(test::draft_of(source, "b", "Bancs"));
    batch.left_out.push_back({RecordOutcome::failed, "c", "", "", "invalid_input", "", "", ""});
    ASSERT_TRUE(run->apply(batch).has_value());
  }
  shelf.reopen();
  ASSERT_EQ(shelf.writer().running()->size(), 1u);
  auto run = shelf.writer().resume(id, false);
  ASSERT_TRUE(run.has_value());
  Batch batch;
  for (const auto& [remote_id, title] : {std::pair("a", "Arbres"), {"b", "Bancs publics"}, {"c", "Canaux"}})
    batch.drafts.push_back(test::draft_of(source, remote_id, title));
  ASSERT_TRUE(run->apply(batch).has_value());
  EXPECT_EQ(run->job().counts.created, 3u);
  EXPECT_EQ(run->job().counts.seen(), 3u);
  EXPECT_EQ(*shelf.store->record_count(), 3u);
  EXPECT_NE(shelf.store->record(id_of("b"))->json.find("publics"), std::string::npos);
}

TEST_F(StoreTest, TheBetterOfTwoRecordsUnderOneIdIsKept) {
  auto run = shelf.writer().begin(source.id, false);
  Batch batch;
  batch.drafts.push_back(test::draft_of(source, "a", "Arbres"));
  ASSERT_TRUE(run->apply(batch).has_value());
  batch.drafts = {test::draft_of(source, "a", "Arbres remarquables de la ville"), test::draft_of(source, "a", "x")};
  ASSERT_TRUE(run->apply(batch).has_value());
  EXPECT_EQ(run->job().counts.created, 1u);
  EXPECT_EQ(run->job().counts.skipped, 2u);
  EXPECT_NE(shelf.store->record(id_of("a"))->json.find("remarquables"), std::string::npos);
  const auto rows = shelf.store->job_records(run->job().id, RecordOutcome::skipped, 0, 10)->rows;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].cause, "duplicate_id");
}

TEST_F(StoreTest, TheBetterIsKeptThoughTheOtherCameUnchanged) {
  harvest({{"a", "Arbres"}});
  auto run = shelf.writer().begin(source.id, false);
  Batch batch;
  batch.sightings.push_back({(*run->find("a"))->row, std::nullopt});
  ASSERT_TRUE(run->apply(batch).has_value());
  batch = {};
  batch.drafts = {test::draft_of(source, "a", "x"), test::draft_of(source, "a", "Arbres remarquables de la ville")};
  ASSERT_TRUE(run->apply(batch).has_value());
  EXPECT_EQ(run->job().counts, (harvest::Counts{.unchanged = 1, .skipped = 2}));
  EXPECT_NE(shelf.store->record(id_of("a"))->json.find("remarquables"), std::string::npos);
}

TEST_F(StoreTest, ChangesPageWithoutGapsAndRefuseAFutureSince) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}, {"c", "Canaux"}});
  const auto first = *shelf.store->changes(0, 2, false);
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.last_seq, 2u);
  EXPECT_FALSE(first.changes[0].record.has_value());
  const auto second = *shelf.store->changes(first.last_seq, 2, true);
  EXPECT_FALSE(second.more);
  ASSERT_EQ(second.changes.size(), 1u);
  EXPECT_EQ(second.last_seq, 3u);
  EXPECT_EQ(shelf.store->changes(4, 2, false).error().code, ErrorCode::not_found);
}

TEST_F(StoreTest, OldTombstonesAreForgottenOnlyWhereNoReplayFallsOutOfTheLog) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}});
  harvest({{"b", "Bancs"}});
  shelf.clock.turn(shelf.options.tombstone_retention + std::chrono::hours(1));
  ASSERT_TRUE(shelf.writer().forget_old().has_value());
  EXPECT_TRUE(test::changes_of(*shelf.store, 2).back().removed);  // b, at seq 2, is older than the tombstone

  harvest({{"b", "Bancs publics"}});
  ASSERT_TRUE(shelf.writer().forget_old().has_value());
  EXPECT_EQ(shelf.store->changes(2, 10, false).error().code, ErrorCode::not_found);
  EXPECT_EQ(test::changes_of(*shelf.store).size(), 1u);
}

TEST_F(StoreTest, KeepsItsEpochOverARestart) {
  harvest({{"a", "Arbres"}});
  const std::string epoch = shelf.store->epoch();
  shelf.reopen();
  EXPECT_EQ(shelf.store->epoch(), epoch);
  EXPECT_EQ(shelf.store->last_seq(), 1u);
  EXPECT_TRUE(is_uuid(epoch));
}

TEST_F(StoreTest, ARestoredBackupBeginsANewEpochAboveTheNumbersGiven) {
  harvest({{"a", "Arbres"}});
  const std::string epoch = shelf.store->epoch();
  const auto backup = shelf.directory() / "backup";
  shelf.store.reset();
  std::filesystem::copy_file(shelf.options.path, backup);
  shelf.open();
  harvest({{"a", "Arbres remarquables"}, {"b", "Bancs"}});
  shelf.store.reset();
  std::filesystem::copy_file(backup, shelf.options.path, std::filesystem::copy_options::overwrite_existing);
  shelf.open();
  EXPECT_NE(shelf.store->epoch(), epoch);
  EXPECT_EQ(shelf.store->last_seq(), 3u);
  harvest({{"a", "Arbres d'alignement"}});
  EXPECT_EQ(shelf.store->last_seq(), 4u);
  const std::string second = shelf.store->epoch();
  shelf.reopen();
  EXPECT_EQ(shelf.store->epoch(), second);
}

TEST_F(StoreTest, AStoreCopiedWithoutItsWitnessBeginsANewEpoch) {
  harvest({{"a", "Arbres"}});
  const std::string epoch = shelf.store->epoch();
  shelf.store.reset();
  std::filesystem::remove(shelf.options.path.string() + ".witness");
  shelf.open();
  EXPECT_NE(shelf.store->epoch(), epoch);
  EXPECT_EQ(*shelf.store->record_count(), 1u);
}

TEST_F(StoreTest, ARefusedSchemaOfALaterProgramIsSaid) {
  shelf.store.reset();
  sqlite::Database(shelf.options.path, sqlite::Mode::write).script("PRAGMA user_version = 999");
  const auto opened = Store::open(shelf.options, shelf.clock);
  ASSERT_TRUE(opened.has_error());
  EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
}

TEST_F(StoreTest, AWaiterIsWokenByAChangeAndByAnInterrupt) {
  std::thread other([&] { harvest({{"a", "Arbres"}}); });
  EXPECT_EQ(shelf.store->wait_for_change(0, std::chrono::minutes(1)), 1u);
  other.join();
  EXPECT_EQ(shelf.store->wait_for_change(1, std::chrono::milliseconds(0)), 1u);
}

TEST_F(StoreTest, HeldRemovalsAreAppliedOnlyToWhatIsStillUnseen) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}, {"c", "Canaux"}});
  auto run = shelf.writer().begin(source.id, false);
  Batch batch;
  batch.drafts.push_back(test::draft_of(source, "c", "Canaux"));
  ASSERT_TRUE(run->apply(batch).has_value());
  ASSERT_TRUE(run->hold(true).has_value());
  ASSERT_TRUE(run->end(JobOutcome::held, std::nullopt, std::nullopt).has_value());
  EXPECT_EQ(run->job().removals_waiting, 2u);
  harvest({{"b", "Bancs"}}, false);

  const auto approved = shelf.writer().approve(run->job().id);
  ASSERT_TRUE(approved.has_value()) << to_string(approved.error());
  EXPECT_EQ(approved->outcome, JobOutcome::succeeded);
  EXPECT_EQ(approved->counts.removed, 1u);
  EXPECT_EQ(approved->removals_waiting, 0u);
  EXPECT_EQ(id_of("a"), "");
  EXPECT_NE(id_of("b"), "");
  EXPECT_EQ(shelf.writer().approve(run->job().id).error().code, ErrorCode::conflict);
}

TEST_F(StoreTest, AJobsReportIsReadByOutcomeAndInPages) {
  const auto job = harvest({{"a", "Arbres"}, {"b", "Bancs"}, {"c", "Canaux"}});
  const auto first = *shelf.store->job_records(job.id, RecordOutcome::created, 0, 2);
  ASSERT_EQ(first.rows.size(), 2u);
  EXPECT_EQ(first.rows[0].title, "Arbres");
  const auto second = *shelf.store->job_records(job.id, std::nullopt, first.next, 2);
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_EQ(second.next, 0u);
  EXPECT_EQ(shelf.store->job_records(job.id, RecordOutcome::failed, 0, 2)->rows.size(), 0u);
}

TEST_F(StoreTest, ASourceKeepsItsDescriptionItsJobsAndItsCount) {
  auto described = source;
  described.options = {{"organizations", "a\nb"}};
  described.territory = "fr:region:93";
  described.private_networks = true;
  ASSERT_TRUE(shelf.writer().put_source(described).has_value());
  const auto job = harvest({{"a", "Arbres"}});
  ASSERT_TRUE(shelf.writer().set_next_run("ville", shelf.clock.now()).has_value());
  const auto status = *shelf.store->source("ville");
  EXPECT_EQ(status.source, described);
  EXPECT_EQ(status.records, 1u);
  EXPECT_EQ(status.last_job, job);
  EXPECT_EQ(status.last_success, job.ended);
  EXPECT_EQ(status.next_run, shelf.clock.now());
  EXPECT_EQ(shelf.store->source("nobody").error().code, ErrorCode::not_found);
}

TEST_F(StoreTest, APurgedSourceLeavesOnlyTombstones) {
  harvest({{"a", "Arbres"}, {"b", "Bancs"}});
  EXPECT_EQ(*shelf.writer().retire_source("ville", true), 2u);
  EXPECT_EQ(*shelf.store->record_count(), 0u);
  EXPECT_EQ(shelf.store->source("ville")->source.state, harvest::SourceState::retired);
  for (const auto& change : test::changes_of(*shelf.store)) EXPECT_TRUE(change.removed);
}

}  // namespace
}  // namespace moisson::store
