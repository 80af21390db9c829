#include "harvest/job.h"

#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

using test::listed;
using test::lost_page;
using test::malformed;

class JobTest : public testing::Test {
 protected:
  JobTest() { EXPECT_TRUE(shelf.writer().put_source(source).has_value()); }

  HarvestJob run(std::stop_token stop = {}) {
    auto begun = shelf.writer().begin(source.id, false);
    EXPECT_TRUE(begun.has_value()) << to_string(begun.error());
    return run(std::move(*begun), stop);
  }
  HarvestJob run(store::Run begun, std::stop_token stop = {}) {
    const HarvestJob job = run_job(std::move(begun), {source, portal, fetcher, shelf.clock, limits}, stop);
    EXPECT_EQ(*shelf.store->job(job.id), job);
    return job;
  }
  void list(int first, int last) {
    for (int i = first; i < last; ++i)
      portal.steps.push_back(listed("r" + std::to_string(i), "Titre " + std::to_string(i)));
  }
  std::vector<JobRecord> rows(const HarvestJob& job, RecordOutcome outcome) const {
    return shelf.store->job_records(job.id, outcome, 0, 10'000)->rows;
  }

  test::Shelf shelf;
  const HarvestSource source = test::source_named("ville");
  test::ScriptedHarvester portal;
  test::NoFetcher fetcher;
  DeletionLimits limits;
};

TEST_F(JobTest, AFirstRunCreatesAndASecondChangesNothing) {
  list(0, 1'234);
  const auto first = run();
  EXPECT_EQ(first.outcome, JobOutcome::succeeded);
  EXPECT_EQ(first.counts, (Counts{.created = 1'234}));
  EXPECT_EQ(first.announced, 1'234u);
  EXPECT_EQ(first.pages, 1u);
  const auto seq = shelf.store->last_seq();
  portal.mapped = 0;
  const auto second = run();
  EXPECT_EQ(second.outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(second.counts, (Counts{.unchanged = 1'234}));
  EXPECT_EQ(shelf.store->last_seq(), seq);
  EXPECT_EQ(portal.mapped, 0u);
  EXPECT_TRUE(shelf.store->job_records(second.id, std::nullopt, 0, 10)->rows.empty());
}

TEST_F(JobTest, ACountForEveryRecordAndARowForEveryChange) {
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs"), listed("c", "Canaux"), listed("d", "Digues")};
  run();
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs publics"),       listed("e", "Écoles"),
                  malformed("f"),        {"g", "Gares", false, false, true}, listed("z", "Canaux"),
                  malformed("d")};
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts, (Counts{.created = 1, .updated = 1, .unchanged = 1, .moved = 1, .skipped = 1, .failed = 2}));
  EXPECT_EQ(job.counts.seen(), portal.steps.size());
  const auto failed = rows(job, RecordOutcome::failed);
  ASSERT_EQ(failed.size(), 2u);
  EXPECT_EQ(failed[0].cause, "invalid_input");
  EXPECT_EQ(failed[0].place, "/7");
  EXPECT_EQ(failed[0].hint, "mend it");
  EXPECT_NE(failed[1].record_id, "");
  EXPECT_EQ(rows(job, RecordOutcome::skipped)[0].message, "private");
  EXPECT_EQ(*shelf.store->record_count(), 5u);  // d failed, so it stands
}

TEST_F(JobTest, FindingsAreRowsOfTheReport) {
  portal.steps = {{"a", "Arbres", false, false, false, false, 2}};
  const auto job = run();
  const auto created = rows(job, RecordOutcome::created);
  ASSERT_EQ(created.size(), 2u);
  EXPECT_EQ(created[1].cause, "date_unreadable");
  EXPECT_EQ(created[1].place, "/a/date/1");  // in the page, not in the record
}

TEST_F(JobTest, KeepsWhatTheMappersToldUntilALaterRunTells) {
  list(0, 3);
  const auto first = run();
  const auto told = *shelf.store->mapping(source.id);
  EXPECT_EQ(told.job, first.id);
  ASSERT_FALSE(told.tallies.empty());
  EXPECT_EQ(told.tallies.back(), (dcat::PropertyTally{dcat::PropertyUse::read, "title", 3, "Titre 0", "r0"}));
  run();  // nothing new was mapped
  EXPECT_EQ(shelf.store->mapping(source.id)->job, first.id);
  portal.steps.push_back(listed("r3", "Titre 3"));
  const auto third = run();
  EXPECT_EQ(shelf.store->mapping(source.id)->job, third.id);
  EXPECT_EQ(shelf.store->mapping(source.id)->tallies.back().count, 1u);
  EXPECT_TRUE(shelf.store->mapping("nobody")->tallies.empty());
}

TEST_F(JobTest, KeepsTheWordOfItsError) {
  portal.source_error = Error{ErrorCode::refused, "a web page", "http://portal/", "open it", "html_instead"};
  EXPECT_EQ(run().error->cause, "html_instead");  // run() compares with what the store keeps
}

TEST_F(JobTest, RemovesWhatACompleteListingLostAndTellsIt) {
  list(0, 50);
  run();
  portal.steps.clear();
  list(2, 50);
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.unchanged = 48, .removed = 2}));
  EXPECT_EQ(rows(job, RecordOutcome::removed).size(), 2u);
}

TEST_F(JobTest, ALostPageRemovesNothing) {
  list(0, 50);
  run();
  portal.steps = {listed("r0", "Titre 0"), lost_page()};
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts.removed, 0u);
  EXPECT_EQ(job.error->message, "page 2 did not come");
  EXPECT_EQ(job.remarks.size(), 1u);
  EXPECT_EQ(*shelf.store->record_count(), 50u);
}

TEST_F(JobTest, AFailedRecordWithoutIdRemovesNothing) {
  list(0, 50);
  run();
  portal.steps = {malformed("")};
  list(1, 50);
  EXPECT_EQ(run().counts.removed, 0u);
}

TEST_F(JobTest, AnIncrementalListingRemovesNothing) {
  list(0, 50);
  run();
  portal.steps = {listed("r0", "Titre neuf")};
  portal.complete = false;
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(*shelf.store->record_count(), 50u);
}

TEST_F(JobTest, ACensusSightsWithoutContent) {
  list(0, 3);
  run();
  for (auto& step : portal.steps) step.only_listed = true;
  portal.steps.push_back({"new", "Neuf", false, false, false, true});
  const auto job = run();
  EXPECT_EQ(job.counts, (Counts{.created = 1, .unchanged = 3}));
}

TEST_F(JobTest, AMuchSmallerCatalogIsHeldAndApproved) {
  list(0, 100);
  run();
  portal.steps.clear();
  list(0, 50);
  portal.steps.push_back(listed("new", "Neuf"));
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::held);
  EXPECT_EQ(job.removals_waiting, 50u);
  EXPECT_EQ(*shelf.store->record_count(), 101u);
  const auto approved = shelf.writer().approve(job.id);
  ASSERT_TRUE(approved.has_value());
  EXPECT_EQ(approved->counts, (Counts{.created = 1, .unchanged = 50, .removed = 50}));
  EXPECT_EQ(*shelf.store->record_count(), 51u);
}

TEST_F(JobTest, AnEmptyCatalogIsHeldAndARejectionAsksAgain) {
  list(0, 5);
  run();
  portal.steps.clear();
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::held);
  const auto rejected = shelf.writer().reject(job.id);
  ASSERT_TRUE(rejected.has_value());
  EXPECT_EQ(rejected->outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(*shelf.store->record_count(), 5u);
  EXPECT_EQ(run().outcome, JobOutcome::held);
}

TEST_F(JobTest, ANewPlanTakesThePlaceOfAHeldOne) {
  list(0, 5);
  run();
  portal.steps.clear();
  const auto first = run();
  const auto second = run();
  EXPECT_EQ(shelf.writer().approve(first.id).error().code, ErrorCode::conflict);
  EXPECT_EQ(shelf.writer().approve(second.id)->counts.removed, 5u);
}

TEST_F(JobTest, ASourceErrorKeepsEverything) {
  list(0, 50);
  run();
  portal.steps = {listed("new", "Neuf")};
  portal.source_error = Error{ErrorCode::refused, "403", "http://portal/", ""};
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::refused_by_source);
  EXPECT_EQ(job.error, portal.source_error);
  EXPECT_EQ(*shelf.store->record_count(), 51u);
}

TEST_F(JobTest, TheMemoryOfAFinishedRunIsGivenToTheNext) {
  portal.memory = "{\"since\":1}";
  run();
  portal.memory = "{\"since\":2}";
  portal.source_error = Error{ErrorCode::timeout, "late", "", ""};
  run();
  EXPECT_EQ(portal.remembered(), "{\"since\":1}");
  portal.source_error.reset();
  run();
  EXPECT_EQ(portal.remembered(), "{\"since\":1}");
  run();
  EXPECT_EQ(portal.remembered(), "{\"since\":2}");
}

TEST_F(JobTest, NotModifiedCountsEveryRecordUnchanged) {
  list(0, 7);
  run();
  portal.steps.clear();
  portal.not_modified = true;
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(job.counts, (Counts{.unchanged = 7}));
}

TEST_F(JobTest, AStopTakesEffectAtTheNextRecord) {
  list(0, 100);
  std::stop_source stop;
  portal.before_step = [&](std::size_t i) {
    if (i == 10) stop.request_stop();
  };
  const auto job = run(stop.get_token());
  EXPECT_EQ(job.outcome, JobOutcome::stopped);
  EXPECT_EQ(job.counts, (Counts{.created = 10}));
  portal.before_step = nullptr;
  EXPECT_EQ(run().counts, (Counts{.created = 90, .unchanged = 10}));
}

TEST_F(JobTest, AStopReachesARunThatFindsNothingNew) {
  list(0, 100);
  run();
  std::stop_source stop;
  portal.before_step = [&](std::size_t i) {
    if (i == 10) stop.request_stop();
  };
  const auto job = run(stop.get_token());
  EXPECT_EQ(job.outcome, JobOutcome::stopped);
  EXPECT_EQ(job.counts.unchanged, 10u);
  EXPECT_EQ(job.counts.removed, 0u);
}

TEST_F(JobTest, EachRecordOfARepeatedIdHasOneOutcome) {
  portal.steps = {listed("a", "Arbres"), listed("a", "Arbres"), listed("a", "Arbres remarquables")};
  const auto job = run();
  EXPECT_EQ(job.counts, (Counts{.created = 1, .skipped = 2}));
  const auto skipped = rows(job, RecordOutcome::skipped);
  ASSERT_EQ(skipped.size(), 2u);
  EXPECT_EQ(skipped[0].cause, "duplicate_id");
  portal.steps = {listed("a", "Arbres remarquables"), listed("a", "Arbres remarquables")};
  EXPECT_EQ(run().counts, (Counts{.unchanged = 1, .skipped = 1}));
}

TEST_F(JobTest, ANewMappingIsAppliedToUnchangedBytes) {
  portal.steps = {listed("a", "Arbres")};
  run();
  portal.version = 2;
  EXPECT_EQ(run().counts, (Counts{.updated = 1}));
  EXPECT_EQ(run().counts, (Counts{.unchanged = 1}));
}

TEST_F(JobTest, ANewMappingReachesWhatThePortalDidNotSendAgain) {
  list(0, 3);
  run();
  portal.version = 2;
  portal.steps.clear();
  portal.not_modified = true;
  const auto job = run();
  EXPECT_EQ(job.counts, (Counts{.unchanged = 3}));
  ASSERT_EQ(job.remarks.size(), 1u);
  EXPECT_EQ(job.remarks[0].cause, "mapping_changed");
  for (const auto& record : *shelf.store->records_after(0, 10))
    EXPECT_NE(record.json.find(R"("version":"2")"), std::string::npos);
  EXPECT_TRUE(run().remarks.empty());
}

TEST_F(JobTest, TheSourcesTerritoryReachesItsRecordsWhenItChanges) {
  list(0, 1);
  run();
  portal.steps.clear();
  portal.not_modified = true;
  HarvestSource moved = source;
  moved.territory = "fr:region:93";
  auto begun = shelf.writer().begin(source.id, false);
  run_job(std::move(*begun), {moved, portal, fetcher, shelf.clock, limits}, {});
  EXPECT_NE(shelf.store->records_after(0, 1)->front().json.find(
                R"("spatial":[{"territory":["fr:region:93"],"guessed":true}])"),
            std::string::npos);
}

TEST_F(JobTest, AKilledJobResumesWhereItWas) {
  list(0, 1'500);
  auto begun = shelf.writer().begin(source.id, false);
  const auto id = begun->job().id;
  {
    // The process dies after the second batch: nothing of the end is written.
    store::Run killed = *begun;
    store::Batch batch;
    for (int i = 0; i < 500; ++i) {
      const auto raw = RawSource{"text/plain", portal.steps[i].remote_id + "|" + portal.steps[i].title, "", ""};
      batch.drafts.push_back(*store::make_draft(*portal.map(source, raw), store::Mapping(source, 1)));
    }
    ASSERT_TRUE(killed.apply(batch).has_value());
  }
  shelf.reopen();
  portal.mapped = 0;
  auto resumed = shelf.writer().resume(id, false);
  ASSERT_TRUE(resumed.has_value());
  const auto job = run(std::move(*resumed));
  EXPECT_EQ(job.counts, (Counts{.created = 1'500}));
  EXPECT_EQ(portal.mapped, 1'000u);
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(shelf.store->last_seq(), 1'500u);
}

constexpr const char* upstream_id = "11111111-2222-4333-8444-555555555555";

TEST_F(JobTest, KeepsTheIdAndTheWayThatARecordHasUpstream) {
  portal.steps = {test::mirrored(upstream_id, "Arbres")};
  run();
  const auto stored = shelf.store->record(upstream_id);
  ASSERT_TRUE(stored.has_value()) << to_string(stored.error());
  EXPECT_EQ(stored->trail, std::vector<std::string>{std::string("http://upstream.test/datasets/") + upstream_id});
  portal.steps = {test::mirrored(upstream_id, "Arbres et haies")};
  EXPECT_EQ(run().counts, (Counts{.updated = 1}));
  EXPECT_TRUE(shelf.store->record(upstream_id).has_value());
}

TEST_F(JobTest, AnIdThatAnotherRecordBearsIsNotTakenFromIt) {
  const HarvestSource other = test::source_named("autre");
  ASSERT_TRUE(shelf.writer().put_source(other).has_value());
  portal.steps = {test::mirrored(upstream_id, "Arbres")};
  run();
  auto begun = shelf.writer().begin(other.id, false);
  const HarvestJob job = run_job(std::move(*begun), {other, portal, fetcher, shelf.clock, limits}, {});
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto created = rows(job, RecordOutcome::created);
  ASSERT_EQ(created.size(), 1u);
  EXPECT_EQ(created[0].cause, "id_taken");
  EXPECT_NE(created[0].record_id, upstream_id);
  EXPECT_EQ(shelf.store->record(upstream_id)->source_id, source.id);
}

TEST_F(JobTest, ARecordWithAnIdOfItsOwnIsNeverTakenForOneThatMoved) {
  portal.steps = {test::mirrored(upstream_id, "Arbres")};
  run();
  const std::string second = "11111111-2222-4333-8444-666666666666";
  portal.steps = {test::tombstone(std::string("remote ") + upstream_id), test::mirrored(second, "Arbres")};
  const auto job = run();
  EXPECT_EQ(job.counts, (Counts{.created = 1, .removed = 1}));
  EXPECT_TRUE(shelf.store->record(second).has_value());
}

TEST_F(JobTest, ATombstoneRemovesWhateverElseWasLost) {
  list(0, 50);
  run();
  portal.steps = {test::tombstone("r7"), test::tombstone("unknown"), lost_page()};
  portal.complete = false;
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts, (Counts{.removed = 1}));
  EXPECT_EQ(rows(job, RecordOutcome::removed)[0].remote_id, "r7");
  EXPECT_EQ(*shelf.store->record_count(), 49u);
}

TEST_F(JobTest, AFeedOfChangesLeavesEverythingElseUnchanged) {
  list(0, 50);
  run();
  portal.steps = {listed("r1", "Titre nouveau"), test::tombstone("r2"), listed("r50", "Titre 50")};
  portal.complete = false;
  portal.not_modified = true;
  const auto job = run();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 1, .updated = 1, .unchanged = 48, .removed = 1}));
}

TEST_F(JobTest, TooManyTombstonesAtOnceWaitAndComeAgainUntilSomebodyDecides) {
  list(0, 100);
  portal.memory = "before";
  run();
  portal.steps.clear();
  for (int i = 0; i < 40; ++i) portal.steps.push_back(test::tombstone("r" + std::to_string(i)));
  portal.complete = false;
  portal.not_modified = true;
  portal.memory = "after";
  const auto held = run();
  EXPECT_EQ(held.outcome, JobOutcome::held);
  EXPECT_EQ(held.removals_waiting, 40u);
  EXPECT_EQ(held.error->message, "the portal removed 40 of 100 records: their removal here waits for a decision");
  EXPECT_EQ(*shelf.store->record_count(), 100u);
  const auto again = run();
  EXPECT_EQ(portal.remembered(), "before");
  EXPECT_EQ(again.removals_waiting, 40u);
  EXPECT_EQ(shelf.store->job(held.id)->removals_waiting, 0u);
  ASSERT_TRUE(shelf.writer().approve(again.id).has_value());
  EXPECT_EQ(*shelf.store->record_count(), 60u);
}

TEST_F(JobTest, LeavesOutAndFlagsWhatPassedThroughHereBefore) {
  portal.steps = {test::mirrored(upstream_id, "Arbres"), listed("b", "Bancs")};
  auto begun = shelf.writer().begin(source.id, false);
  Worksite site{source, portal, fetcher, shelf.clock, limits};
  site.catalog_url = "http://upstream.test";
  const HarvestJob job = run_job(std::move(*begun), site, {});
  EXPECT_EQ(job.counts, (Counts{.created = 1, .skipped = 1}));
  ASSERT_EQ(job.remarks.size(), 1u);
  EXPECT_EQ(job.remarks[0].cause, "harvests_us");
}

}  // namespace
}  // namespace moisson::harvest
