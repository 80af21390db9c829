#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace moisson::store {
namespace {

using Listed =
    std::map<std::string, std::string>;  // remote id → dct:identifier; the title is "Jeu" and what comes before '/'

class FamilyTest : public testing::Test {
 protected:
  FamilyTest() {
    for (const auto* source : {&ville, &region, &etat}) EXPECT_TRUE(shelf.writer().put_source(*source));
  }

  static harvest::HarvestSource portal(std::string id) {
    auto source = test::source_named(std::move(id));
    source.url = "https://" + source.id + ".test/";
    return source;
  }

  static Draft draft(const harvest::HarvestSource& source, const std::string& remote_id,
                     const std::string& identifier) {
    auto record = test::record_of(remote_id, "Jeu " + remote_id.substr(0, remote_id.find('/')));
    record.raw.page_url = source.url + "api/3";
    record.raw.bytes += identifier;
    record.remote_url = source.url + "dataset/" + remote_id;
    if (identifier.starts_with("from "))
      record.origin.urls = {identifier.substr(5)};
    else if (!identifier.empty())
      dcat::resource(record.record).identifier = {identifier};
    return make_draft(std::move(record), Mapping(source, 1)).value();
  }

  harvest::HarvestJob harvest(const harvest::HarvestSource& source, const Listed& listed) {
    auto run = std::move(shelf.writer().begin(source.id, true)).value();
    Batch batch;
    for (const auto& [remote_id, identifier] : listed) batch.drafts.push_back(draft(source, remote_id, identifier));
    EXPECT_TRUE(run.apply(batch));
    EXPECT_TRUE(run.settle_moves(true));
    EXPECT_TRUE(run.remove_unseen());
    EXPECT_TRUE(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
    return run.job();
  }

  StoredRecord record(const harvest::HarvestSource& source, const std::string& remote_id) const {
    for (const auto& each : shelf.store->records_after(0, 10'000).value())
      if (each.source_id == source.id && each.remote_id == remote_id) return each;
    ADD_FAILURE() << "no record " << remote_id << " of " << source.id;
    return {};
  }

  bool together(const StoredRecord& a, const StoredRecord& b) const {
    return shelf.store->record(a.id)->family_id == shelf.store->record(b.id)->family_id;
  }

  test::Shelf shelf;
  const harvest::HarvestSource ville = portal("ville"), region = portal("region"), etat = portal("etat");
};

TEST_F(FamilyTest, RecordsOfTwoPortalsWithOneIdentifierAreOneFamilyAndTheOriginLeads) {
  harvest(etat, {{"x", "from https://ville.test/dataset/a"}, {"y", ""}});
  const auto before = record(etat, "x");
  EXPECT_EQ(before.family_id, before.id);
  shelf.clock.turn(std::chrono::hours(1));
  harvest(ville, {{"a", ""}, {"b", ""}});
  const auto origin = record(ville, "a"), copy = record(etat, "x");
  EXPECT_EQ(copy.family_id, origin.id);
  EXPECT_EQ(copy.family_row, origin.row);
  EXPECT_EQ(origin.family_id, origin.id);
  EXPECT_EQ(record(etat, "y").family_id, record(etat, "y").id);

  EXPECT_GT(copy.seq, before.seq) << "who follows the log hears of it";
  EXPECT_EQ(copy.last_changed, before.last_changed);
  EXPECT_EQ(copy.content_hash, before.content_hash);
  EXPECT_EQ(test::changes_of(*shelf.store).size(), 4U) << "a record stands in the log once";

  const auto seen = shelf.store->family(copy.id).value();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].id, origin.id);
  EXPECT_EQ(seen[0].source_id, "ville");
  EXPECT_TRUE(seen[0].leads);
  ASSERT_EQ(seen[0].why.size(), 1U);
  EXPECT_EQ(seen[0].why[0].mine, dcat::Signal::origin_url);
  EXPECT_EQ(seen[0].why[0].its, dcat::Signal::page);
  EXPECT_EQ(seen[0].why[0].value, "//ville.test/dataset/a");
  EXPECT_EQ(shelf.store->family("nobody").error().code, ErrorCode::not_found);
}

TEST_F(FamilyTest, NothingChangesForARecordWhoseKeysAndCompanyStay) {
  harvest(ville, {{"a", "urn:x:1"}});
  harvest(etat, {{"x", "urn:x:1"}});
  const auto seq = shelf.store->last_seq();
  EXPECT_EQ(harvest(ville, {{"a", "urn:x:1"}}).counts, (harvest::Counts{.unchanged = 1}));
  harvest(etat, {{"x", "urn:x:1"}});
  EXPECT_EQ(shelf.store->last_seq(), seq);
}

TEST_F(FamilyTest, AFamilyFallsApartWhereWhatHeldItGoes) {
  harvest(ville, {{"a", "urn:x:1"}});
  harvest(etat, {{"x", "urn:x:1"}, {"z", "urn:z"}});
  ASSERT_TRUE(together(record(ville, "a"), record(etat, "x")));
  const auto leader = record(ville, "a");
  harvest(etat, {{"x", "urn:x:2"}, {"z", "urn:z"}});  // the key goes
  EXPECT_FALSE(together(record(ville, "a"), record(etat, "x")));
  EXPECT_GT(record(ville, "a").seq, leader.seq) << "the leader's page named the other";
  harvest(etat, {{"x", "urn:x:1"}, {"z", "urn:z"}});
  ASSERT_TRUE(together(record(ville, "a"), record(etat, "x")));
  harvest(ville, {{"b", "urn:y"}});  // the leader goes
  EXPECT_EQ(record(etat, "x").family_id, record(etat, "x").id);
  harvest(ville, {{"a", "urn:x:1"}});  // and comes back
  EXPECT_TRUE(together(record(ville, "a"), record(etat, "x")));
  EXPECT_TRUE(shelf.writer().retire_source("ville", true));
  EXPECT_EQ(record(etat, "x").family_id, record(etat, "x").id);
}

TEST_F(FamilyTest, AMovedRecordTakesItsFamilyAlong) {
  harvest(ville, {{"a", "urn:x:1"}});
  harvest(etat, {{"x/1", "urn:x:1"}});
  const auto id = record(etat, "x/1").id;
  EXPECT_EQ(harvest(etat, {{"x/2", "urn:x:1"}}).counts.moved, 1U);
  EXPECT_EQ(record(etat, "x/2").id, id);
  EXPECT_TRUE(together(record(ville, "a"), record(etat, "x/2")));
}

TEST_F(FamilyTest, AKeyThatAPortalGivesToDifferentThingsLinksNone) {
  harvest(ville, {{"a", "urn:x:1"}});
  harvest(etat, {{"x", "urn:x:1"}});
  harvest(etat, {{"x", "urn:x:1"}, {"other", "urn:x:1"}});
  EXPECT_FALSE(together(record(ville, "a"), record(etat, "x")));
  EXPECT_FALSE(together(record(etat, "other"), record(etat, "x")));
  harvest(etat, {{"x", "urn:x:1"}});
  EXPECT_TRUE(together(record(ville, "a"), record(etat, "x")));
  harvest(etat, {{"x/1", "urn:x:1"}, {"x/2", "urn:x:1"}});  // twice the same thing there
  EXPECT_TRUE(together(record(ville, "a"), record(etat, "x/1")));
  EXPECT_TRUE(together(record(ville, "a"), record(etat, "x/2")));
}

TEST_F(FamilyTest, AKeyOfTooManyLinksNone) {
  harvest(ville, {{"a", "urn:x:1"}});
  Listed many;
  for (std::size_t i = 0; i < dcat::most_bearers_in_source; ++i) many["x/" + std::to_string(1'000 + i)] = "urn:x:1";
  harvest(etat, many);
  EXPECT_EQ(shelf.store->family(record(ville, "a").id)->size(), dcat::most_bearers_in_source);
  many["x/999"] = "urn:x:1";
  harvest(etat, many);
  EXPECT_TRUE(shelf.store->family(record(ville, "a").id)->empty());
  many.erase("x/999");
  harvest(etat, many);
  EXPECT_EQ(shelf.store->family(record(ville, "a").id)->size(), dcat::most_bearers_in_source);
}

TEST_F(FamilyTest, WhatHangsTogetherBeyondTheLimitIsNoFamilyUntilItIsCut) {
  // A chain: a1 - x1 - a2 - x2 …, each link a key of its own.
  Listed odd, even;
  const std::size_t half = dcat::most_of_one_family / 2;
  for (std::size_t i = 0; i <= half; ++i) {
    odd["a" + std::to_string(i)] = "urn:link:" + std::to_string(i);
    even["x" + std::to_string(i)] = "from https://ville.test/dataset/a" + std::to_string(i);
  }
  const auto chained = [&](std::size_t i) {
    auto made = draft(etat, "x" + std::to_string(i), even["x" + std::to_string(i)]);
    made.identity.push_back({dcat::Signal::identifier, "urn:link:" + std::to_string(i + 1)});
    return made;
  };
  const auto harvest_chain = [&](std::size_t without) {
    auto run = std::move(shelf.writer().begin("etat", true)).value();
    Batch batch;
    for (std::size_t i = 0; i <= half; ++i) {
      if (i != without) batch.drafts.push_back(chained(i));
      if (i % 50 != 0 && i != half) continue;
      EXPECT_TRUE(run.apply(batch));
      batch = {};
    }
    EXPECT_TRUE(run.remove_unseen());
    EXPECT_TRUE(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  };
  harvest(ville, odd);
  harvest_chain(half + 1);
  EXPECT_FALSE(together(record(ville, "a0"), record(etat, "x0")));
  EXPECT_FALSE(together(record(ville, "a100"), record(etat, "x99")));
  harvest_chain(half / 2);
  EXPECT_TRUE(together(record(ville, "a0"), record(etat, "x0")));
  EXPECT_TRUE(together(record(ville, "a0"), record(etat, "x50")));
  EXPECT_FALSE(together(record(ville, "a0"), record(ville, "a" + std::to_string(half))));
  harvest_chain(half + 1);
  EXPECT_FALSE(together(record(ville, "a0"), record(etat, "x0")));
}

TEST_F(FamilyTest, APersonsWordPartsRecordsForGoodAndIsTakenBack) {
  harvest(ville, {{"a", "urn:x:1"}});
  harvest(region, {{"r", "urn:x:1"}});
  harvest(etat, {{"x", "urn:x:1"}});
  const auto a = record(ville, "a"), r = record(region, "r"), x = record(etat, "x");
  EXPECT_TRUE(shelf.writer().keep_apart(a.id, x.id, true));
  EXPECT_TRUE(together(a, r));
  EXPECT_FALSE(together(a, x)) << "though the region's record links both";
  EXPECT_EQ(shelf.store->separated_from(x.id).value(), std::vector{a.id});

  harvest(etat, {});
  harvest(etat, {{"x", "urn:x:1"}});
  shelf.reopen();
  EXPECT_FALSE(together(a, x)) << "the word outlives removal and restart";

  EXPECT_TRUE(shelf.writer().keep_apart(x.id, a.id, false));
  EXPECT_TRUE(together(a, x));
  EXPECT_TRUE(shelf.store->separated_from(x.id)->empty());
  EXPECT_EQ(shelf.writer().keep_apart(a.id, "nobody", true).error().code, ErrorCode::not_found);
  EXPECT_EQ(shelf.writer().keep_apart(a.id, a.id, true).error().code, ErrorCode::invalid_input);
}

TEST_F(FamilyTest, ACopyThatIsLinkedThroughAnotherSaysSo) {
  harvest(ville, {{"a", "urn:x:1"}});
  auto run = std::move(shelf.writer().begin("region", true)).value();
  auto bridge = draft(region, "r", "urn:x:1");
  bridge.identity.push_back({dcat::Signal::other_identifier, "urn:y:1"});
  Batch batch;
  batch.drafts = {bridge};
  EXPECT_TRUE(run.apply(batch));
  EXPECT_TRUE(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  harvest(etat, {{"x", "urn:y:1"}});
  const auto seen = shelf.store->family(record(etat, "x").id).value();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].source_id, "ville");
  EXPECT_FALSE(seen[0].direct);
  EXPECT_EQ(seen[0].why[0].value, "urn:x:1");
  EXPECT_TRUE(seen[1].direct);
  EXPECT_EQ(seen[1].why[0].value, "urn:y:1");
}

TEST_F(FamilyTest, OneIdListedTwiceComesToRestAndTheBetterRecordIsKept) {
  const auto list = [&](std::vector<std::string> descriptions) {
    auto run = std::move(shelf.writer().begin("ville", true)).value();
    for (const auto& description : descriptions) {  // each in a batch of its own, as on different pages
      Batch batch;
      batch.drafts.push_back(make_draft(test::record_of("a", "Arbres", description), Mapping(ville, 1)).value());
      EXPECT_TRUE(run.apply(batch));
    }
    EXPECT_TRUE(run.settle_moves(true));
    EXPECT_TRUE(run.remove_unseen());
    EXPECT_TRUE(run.end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
    return run.job().counts;
  };
  const auto kept = [&] { return shelf.store->records_after(0, 1)->front(); };
  using harvest::Counts;
  EXPECT_EQ(list({"court", "bien plus long", "moyen long"}), (Counts{.created = 1, .skipped = 2}));
  const auto first = kept();
  EXPECT_NE(first.json.find("bien plus long"), std::string::npos);
  for (int again = 0; again < 2; ++again)
    EXPECT_EQ(list({"court", "bien plus long", "moyen long"}), (Counts{.unchanged = 1, .skipped = 2}));
  EXPECT_EQ(list({"moyen long", "court", "bien plus long"}), (Counts{.unchanged = 1, .skipped = 2})) << "in any order";
  EXPECT_EQ(kept().seq, first.seq);

  EXPECT_EQ(list({"court", "moyen long"}), (Counts{.updated = 1, .skipped = 1})) << "the better of what is left";
  EXPECT_NE(kept().json.find("moyen long"), std::string::npos);
  EXPECT_EQ(list({"court", "moyen long"}), (Counts{.unchanged = 1, .skipped = 1}));
  EXPECT_EQ(list({"court"}), (Counts{.updated = 1}));
  EXPECT_EQ(list({"court"}), (Counts{.unchanged = 1}));
}

}  // namespace
}  // namespace moisson::store
