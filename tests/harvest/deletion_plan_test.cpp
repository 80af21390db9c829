#include "harvest/deletion_plan.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

using Decision = DeletionPlan::Decision;

TEST(DeletionPlan, RemovesOnlyWhatACompleteListingSurelyLost) {
  struct Case {
    const char* what;
    DeletionFacts facts;
    Decision decision;
  };
  const Case cases[] = {
      {"everything seen", {.known = 100, .unseen = 0, .seen = 100, .listing_complete = true}, Decision::none},
      {"a few gone", {.known = 100, .unseen = 3, .seen = 97, .listing_complete = true}, Decision::remove},
      {"incomplete", {.known = 100, .unseen = 3, .seen = 97}, Decision::none},
      {"an unnamed failure",
       {.known = 100, .unseen = 3, .seen = 97, .listing_complete = true, .unnamed_failures = 1},
       Decision::none},
      {"a large share of many", {.known = 100, .unseen = 21, .seen = 79, .listing_complete = true}, Decision::hold},
      {"just the share", {.known = 100, .unseen = 20, .seen = 80, .listing_complete = true}, Decision::remove},
      {"a large share of few", {.known = 30, .unseen = 19, .seen = 11, .listing_complete = true}, Decision::remove},
      {"the least that is held", {.known = 30, .unseen = 20, .seen = 10, .listing_complete = true}, Decision::hold},
      {"many, a small share",
       {.known = 10'000, .unseen = 1'999, .seen = 8'001, .listing_complete = true},
       Decision::remove},
      {"an empty portal", {.known = 3, .unseen = 3, .seen = 0, .listing_complete = true}, Decision::hold},
      {"one that a person kept",
       {.known = 1'000, .unseen = 1, .kept = 1, .seen = 999, .listing_complete = true},
       Decision::hold},
      {"kept, but the listing is incomplete", {.known = 100, .unseen = 1, .kept = 1, .seen = 99}, Decision::none},
      {"never had any", {.known = 0, .unseen = 0, .seen = 0, .listing_complete = true}, Decision::none},
  };
  for (const auto& row : cases) EXPECT_EQ(plan_deletions(row.facts, {}).decision, row.decision) << row.what;
}

TEST(DeletionPlan, BelievesTombstonesButNotTooManyAtOnce) {
  struct Case {
    const char* what;
    std::uint64_t known, stated;
    Decision decision;
  };
  const Case cases[] = {
      {"none", 100, 0, Decision::none},
      {"a few", 100, 3, Decision::remove},
      {"all of few", 19, 19, Decision::remove},
      {"just the share", 100, 20, Decision::remove},
      {"a large share of many", 100, 21, Decision::hold},
      {"everything", 100, 100, Decision::hold},
  };
  for (const auto& row : cases)
    EXPECT_EQ(plan_tombstones(row.known, row.stated, {}).decision, row.decision) << row.what;
  EXPECT_EQ(plan_tombstones(100, 40, {}).reason,
            "the portal removed 40 of 100 records: their removal here waits for a decision");
}

TEST(DeletionPlan, SaysWhy) {
  EXPECT_EQ(plan_deletions({.known = 100, .unseen = 40, .seen = 60, .listing_complete = true}, {}).reason,
            "the portal no longer lists 40 of 100 records: their removal waits for a decision");
  EXPECT_EQ(plan_deletions({.known = 100, .unseen = 40, .seen = 60}, {}).reason,
            "the listing is incomplete: 40 of 100 records not seen are kept");
}

}  // namespace
}  // namespace moisson::harvest
