#include "harvest/reconcile.h"

#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

HarvestSource source(const char* id, SourceState state = SourceState::active,
                     SourceOrigin origin = SourceOrigin::configuration) {
  auto made = test::source_named(id);
  made.state = state;
  made.origin = origin;
  return made;
}

TEST(PlanSources, WritesWhatIsNewOrDescribedAnew) {
  const auto same = source("same");
  auto changed = source("changed");
  changed.url = "http://elsewhere/";
  const std::vector<HarvestSource> configured{same, changed, source("new")};
  const std::vector<HarvestSource> stored{same, source("changed")};
  EXPECT_EQ(plan_sources(configured, stored), (std::vector{changed, source("new")}));
}

TEST(PlanSources, PausesASourceThatLeftTheConfigurationAndTakesItUpAgain) {
  auto stored = source("gone");
  stored.private_networks = true;
  const auto plan = plan_sources({}, std::vector{stored});
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0], source("gone", SourceState::paused, SourceOrigin::operators));
  const auto back = plan_sources(std::vector{source("gone")}, plan);
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0], source("gone"));
}

TEST(PlanSources, LeavesAPersonsPauseAndTheOperatorsSourcesAlone) {
  const std::vector<HarvestSource> stored{source("paused", SourceState::paused),
                                          source("theirs", SourceState::active, SourceOrigin::operators)};
  EXPECT_TRUE(plan_sources(std::vector{source("paused")}, stored).empty());
}

TEST(Reconcile, KeepsTheNextRunUnlessTheScheduleChanges) {
  test::Shelf shelf;
  auto ville = source("ville");
  ASSERT_TRUE(reconcile(*shelf.store, std::vector{ville}, shelf.clock.now()).has_value());
  EXPECT_EQ(shelf.store->source("ville")->next_run, shelf.clock.now());
  const Instant slot = shelf.clock.now() + std::chrono::hours(5);
  ASSERT_TRUE(shelf.writer().set_next_run("ville", slot).has_value());
  ville.title = "Ville";
  ASSERT_TRUE(reconcile(*shelf.store, std::vector{ville}, shelf.clock.now()).has_value());
  EXPECT_EQ(shelf.store->source("ville")->next_run, slot);
  ville.schedule = "manual";
  ASSERT_TRUE(reconcile(*shelf.store, std::vector{ville}, shelf.clock.now()).has_value());
  EXPECT_EQ(shelf.store->source("ville")->next_run, std::nullopt);
  ASSERT_TRUE(reconcile(*shelf.store, {}, shelf.clock.now()).has_value());
  EXPECT_EQ(shelf.store->source("ville")->source.state, SourceState::paused);
}

}  // namespace
}  // namespace moisson::harvest
