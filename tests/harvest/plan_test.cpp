// A plan is made, read, and then exactly that is done, whatever the portal became meanwhile.

#include "harvest/field_changes.h"
#include "harvest/scheduler.h"
#include "tests/harvest/scripted_harvester.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

#include <map>

namespace moisson::harvest {
namespace {

using test::listed;

class PlanTest : public testing::Test {
 protected:
  PlanTest() {
    scheduler = std::make_unique<Scheduler>(
        *shelf.store, SchedulerOptions{8, {}}, shelf.clock,
        [](const HarvestSource&, std::stop_token) { return std::make_unique<test::NoFetcher>(); },
        [this](std::string_view kind) -> const Harvester* { return kind == "scripted" ? &portal : nullptr; });
    source.schedule = "manual";
    EXPECT_TRUE(scheduler->reconcile(std::vector{source}).has_value());
    portal.steps = {listed("a", "Arbres"), listed("b", "Bancs"), listed("c", "Canaux"), listed("d", "Digues"),
                    listed("e", "Eaux")};
    EXPECT_TRUE(scheduler->wait(*scheduler->start("ville", false), {}).has_value());
  }

  Plan plan() {
    auto made = scheduler->preview(source, 0);
    EXPECT_TRUE(made.has_value()) << to_string(made.error());
    return std::move(*made);
  }
  HarvestJob apply(const std::string& id) {
    const auto job = scheduler->apply(id);
    EXPECT_TRUE(job.has_value()) << to_string(job.error());
    return *scheduler->wait(*job, {});
  }
  std::map<std::string, std::string> titles() const {
    std::map<std::string, std::string> found;
    for (const auto& record : *shelf.store->records_after(0, 100)) found[record.remote_id] = store_title(record.json);
    return found;
  }
  static std::string store_title(const std::string& json) {
    const auto begin = json.find("\"value\":\"") + 9;
    return json.substr(begin, json.find('"', begin) - begin);
  }

  test::Shelf shelf;
  test::ScriptedHarvester portal;
  HarvestSource source = test::source_named("ville");
  std::unique_ptr<Scheduler> scheduler;
};

TEST_F(PlanTest, ListsWhatWouldBecomeOfEachRecordFieldByField) {
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs publics"), listed("z", "Canaux"),
                  listed("n", "Neuf"),   test::malformed("m"),         listed("e", "Eaux")};
  const auto made = plan();
  EXPECT_EQ(made.preview.counts,
            (Counts{.created = 1, .updated = 1, .unchanged = 2, .moved = 1, .failed = 1, .removed = 1}));
  const auto stored = shelf.store->plan(made.id);
  ASSERT_TRUE(stored.has_value());
  EXPECT_TRUE(stored->ready);
  EXPECT_EQ(stored->preview.counts, made.preview.counts);
  EXPECT_EQ(stored->preview.sample, made.preview.sample);
  EXPECT_EQ(stored->expires, shelf.clock.now() + plan_keeping);
  const auto rows = shelf.store->plan_records(made.id, std::nullopt, 0, 100)->rows;
  EXPECT_EQ(rows, made.preview.records);
  const auto updated = shelf.store->plan_records(made.id, RecordOutcome::updated, 0, 100)->rows;
  ASSERT_EQ(updated.size(), 1u);
  EXPECT_EQ(updated[0].changes, (std::vector<FieldChange>{{"title", R"([{"value":"Bancs","lang":"fr"}])",
                                                           R"([{"value":"Bancs publics","lang":"fr"}])"}}));
  const auto first = shelf.store->plan_records(made.id, std::nullopt, 0, 2);
  EXPECT_EQ(first->rows.size(), 2u);
  EXPECT_EQ(shelf.store->plan_records(made.id, std::nullopt, first->next, 100)->rows.size(), rows.size() - 2);
}

TEST_F(PlanTest, ExactlyWhatItListsIsDoneAndTheRestIsTold) {
  portal.steps = {listed("a", "Arbres"), listed("b", "Bancs publics"), listed("c", "Canaux"),
                  listed("n", "Neuf")};  // d and e are gone
  const auto made = plan();
  // Meanwhile: b changes again, c changes, d is back otherwise, n stays as listed, o is new, a vanishes.
  portal.steps = {listed("b", "Bancs verts"), listed("c", "Canaux secs"), listed("d", "Digues neuves"),
                  listed("n", "Neuf"), listed("o", "Onze")};
  const auto job = apply(made.id);
  EXPECT_EQ(job.plan, made.id);
  EXPECT_EQ(job.counts, (Counts{.created = 1, .skipped = 4, .removed = 1}));
  EXPECT_EQ(titles(), (std::map<std::string, std::string>{
                          {"a", "Arbres"}, {"b", "Bancs"}, {"c", "Canaux"}, {"d", "Digues"}, {"n", "Neuf"}}));
  const auto told = shelf.store->job_records(job.id, RecordOutcome::skipped, 0, 100).value();
  for (const auto& row : told.rows) EXPECT_EQ(row.cause, "not_in_plan");
  ASSERT_EQ(job.remarks.size(), 1u);
  EXPECT_EQ(job.remarks[0].cause, "not_in_plan") << "a is gone, and was not listed";

  const auto next = scheduler->wait(*scheduler->start("ville", false), {});
  EXPECT_EQ(next->counts, (Counts{.created = 1, .updated = 3, .unchanged = 1, .removed = 1}))
      << "the next harvest does the rest";
}

TEST_F(PlanTest, WhoAppliesAPlanHasSeenItsRemovals) {
  for (int i = 0; i < 40; ++i) portal.steps.push_back(listed("r" + std::to_string(i), "Titre " + std::to_string(i)));
  ASSERT_TRUE(scheduler->wait(*scheduler->start("ville", false), {}).has_value());
  portal.steps = {listed("a", "Arbres")};
  const auto made = plan();
  EXPECT_EQ(made.preview.outcome, JobOutcome::held);
  EXPECT_EQ(made.preview.counts.removed, 44u);
  EXPECT_EQ(apply(made.id).outcome, JobOutcome::succeeded);
  EXPECT_EQ(*shelf.store->record_count(), 1u);
}

TEST_F(PlanTest, IsOnlyForTheSourceThatItWasMadeOfAndForAWhile) {
  EXPECT_EQ(scheduler->apply("nobody").error().code, ErrorCode::not_found);
  auto other = source;
  other.id = "unregistered";
  const auto of_other = scheduler->preview(other, 0);
  EXPECT_EQ(scheduler->apply(of_other->id).error().code, ErrorCode::conflict);
  const auto made = plan();
  auto moved = source;
  moved.url = "http://elsewhere.example/";
  ASSERT_TRUE(scheduler->reconcile(std::vector{moved}).has_value());
  EXPECT_EQ(scheduler->apply(made.id).error().code, ErrorCode::conflict);
  ASSERT_TRUE(scheduler->reconcile(std::vector{source}).has_value());
  EXPECT_EQ(apply(made.id).outcome, JobOutcome::nothing_changed);
  shelf.clock.turn(plan_keeping);
  EXPECT_EQ(scheduler->apply(made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(shelf.store->plan(made.id).error().code, ErrorCode::not_found);
}

TEST_F(PlanTest, AWithdrawalTakesThePlansOfItsSourceToo) {
  portal.steps = {listed("a", "Adresse de Marie")};
  const auto made = plan();
  std::string id;
  for (const auto& record : *shelf.store->records_after(0, 100))
    if (record.remote_id == "a") id = record.id;
  ASSERT_TRUE(scheduler->withdraw(id).has_value());
  EXPECT_EQ(shelf.store->plan(made.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(shelf.store->plan_records(made.id, std::nullopt, 0, 100)->rows.empty());
}

TEST_F(PlanTest, APreviewOnAThreadOfItsOwnIsLookedUpByItsId) {
  const auto begun = scheduler->begin_preview(source, 0);
  ASSERT_TRUE(begun.has_value());
  EXPECT_FALSE(begun->ready);
  scheduler->shutdown();  // waits for it
  EXPECT_TRUE(shelf.store->plan(begun->id)->ready);
  EXPECT_EQ(shelf.store->plan(begun->id)->preview.counts.unchanged, 5u);
  EXPECT_EQ(scheduler->begin_preview(source, 0).error().code, ErrorCode::conflict);
}

TEST(FieldChanges, ShowOnlyWhatDiffers) {
  struct Case {
    const char* before;
    const char* after;
    std::vector<FieldChange> changes;
  };
  for (const auto& [before, after, changes] :
       {Case{"{}", "{}", {}}, Case{R"({"a":1,"b":[2]})", R"({"a":1,"b":[2]})", {}},
        Case{R"({"a":1,"b":[2]})", R"({"a":1,"b":[3],"c":"x"})", {{"b", "[2]", "[3]"}, {"c", "", "\"x\""}}},
        Case{R"({"a":1,"b":null})", R"({"a":1})", {{"b", "null", ""}}}, Case{"", R"({"a":1})", {{"a", "", "1"}}}})
    EXPECT_EQ(field_changes(before, after), changes) << before << " " << after;
}

}  // namespace
}  // namespace moisson::harvest
