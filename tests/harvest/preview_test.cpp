#include "harvest/preview.h"

#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

using test::listed;

class PreviewTest : public testing::Test {
 protected:
  PreviewTest() { EXPECT_TRUE(shelf.writer().put_source(source).has_value()); }

  Worksite worksite() { return {source, portal, fetcher, shelf.clock, {}}; }
  HarvestJob run() { return run_job(std::move(*shelf.writer().begin(source.id, false)), worksite(), {}); }
  Preview look(std::uint64_t limit = 0) {
    const auto stored = [this](const std::string& id) {
      const auto record = shelf.store->record(id);
      return record.has_value() ? record->json : std::string();
    };
    return preview(worksite(), *shelf.writer().known(source.id), stored, limit);
  }

  test::Shelf shelf;
  const HarvestSource source = test::source_named("ville");
  test::ScriptedHarvester portal;
  test::NoFetcher fetcher;
};

TEST_F(PreviewTest, SaysWhatTheRunThenDoesAndWritesNothing) {
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs"), listed("c", "Canaux"), listed("d", "Digues"),
                  listed("h", "Haies")};
  run();
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs publics"), listed("e", "Écoles"),
                  test::malformed("f"),  listed("a", "Arbres"),        {"g", "Gares", false, false, true},
                  listed("z", "Canaux"), test::malformed("d")};
  const auto seq = shelf.store->last_seq();
  const auto preview = look();
  EXPECT_EQ(shelf.store->last_seq(), seq);
  EXPECT_EQ(shelf.store->jobs("ville", 10)->size(), 1u);
  EXPECT_TRUE(preview.complete);
  const auto job = run();
  EXPECT_EQ(preview.counts, job.counts);
  EXPECT_EQ(preview.outcome, job.outcome);
  EXPECT_EQ(preview.counts.removed, 1u);
  EXPECT_EQ(preview.counts.moved, 1u);
  EXPECT_FALSE(preview.sample.empty());
}

TEST_F(PreviewTest, KnowsWhatWasListedBesideABetterRecord) {
  const auto agree = [&](const Counts& expected) {
    const auto seen = look();
    EXPECT_EQ(seen.counts, expected);
    EXPECT_EQ(run().counts, expected);
  };
  portal.steps = {listed("a", "Arbres"), listed("a", "Arbres remarquables de la ville")};
  agree({.created = 1, .skipped = 1});
  agree({.unchanged = 1, .skipped = 1});
  portal.steps.pop_back();
  agree({.updated = 1});
}

TEST_F(PreviewTest, PlansTheBetterOfTwoRecordsUnderOneId) {
  const auto expect = [&](RecordOutcome outcome, const std::string& title) {
    const auto seen = look();
    ASSERT_FALSE(seen.records.empty());
    EXPECT_EQ(seen.records[0].record.outcome, outcome);
    EXPECT_EQ(seen.records[0].record.title, title);
    EXPECT_EQ(run().counts, seen.counts);
    EXPECT_EQ(shelf.store->records_after(0, 1)->front().content_hash, seen.records[0].content_hash);
  };
  portal.steps = {listed("a", "Arbres"), listed("a", "Arbres de la ville")};
  expect(RecordOutcome::created, "Arbres de la ville");
  portal.steps = {listed("a", "Arbres, été"), listed("a", "Arbres remarquables de la ville")};
  expect(RecordOutcome::updated, "Arbres remarquables de la ville");
}

TEST_F(PreviewTest, OfAnUnknownSourceCreatesEverythingWithinItsLimit) {
  for (int i = 0; i < 40; ++i) portal.steps.push_back(listed("r" + std::to_string(i), "Titre"));
  const auto preview = look(25);
  EXPECT_EQ(preview.counts, (Counts{.created = 25}));
  EXPECT_FALSE(preview.complete);
  EXPECT_FALSE(preview.error.has_value());
  EXPECT_EQ(preview.sample.size(), 20u);
}

TEST_F(PreviewTest, TellsWhatBecameOfEachProperty) {
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs")};
  const auto seen = look();
  ASSERT_FALSE(seen.mapping.empty());
  EXPECT_EQ(seen.mapping.back(), (dcat::PropertyTally{dcat::PropertyUse::read, "title", 2, "Arbres", "a"}));
}

TEST_F(PreviewTest, ShowsAHeldRunAndASourceError) {
  portal.steps = {listed("a", "Arbres")};
  run();
  portal.steps.clear();
  EXPECT_EQ(look().outcome, JobOutcome::held);
  EXPECT_EQ(look().counts.removed, 1u);
  portal.source_error = Error{ErrorCode::unreachable, "no answer", "", ""};
  EXPECT_EQ(look().outcome, JobOutcome::unreachable);
}

}  // namespace
}  // namespace moisson::harvest
