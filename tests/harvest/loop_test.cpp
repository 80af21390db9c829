#include "harvest/loop.h"

#include <gtest/gtest.h>

namespace moisson::harvest {
namespace {

HarvestedRecord record_by(std::vector<std::string> trail, std::string iri = {}) {
  dcat::Dataset dataset;
  dataset.iri = std::move(iri);
  dataset.title = {{"Arbres", "fr"}};
  HarvestedRecord record;
  record.remote_id = "a";
  record.record = std::move(dataset);
  record.trail = std::move(trail);
  return record;
}

TEST(Loop, KnowsARecordThatPassedThroughHereByItsWayOrItsIri) {
  struct Case {
    std::vector<std::string> trail;
    std::string iri;
    bool ours;
  };
  const Case cases[] = {
      {{}, "", false},
      {{"https://ville.test/r1"}, "https://ville.test/r1", false},
      {{"https://ours.test/datasets/1"}, "", true},
      {{"https://ville.test/r1", "https://ours.test/datasets/1", "https://other.test/datasets/1"}, "", true},
      {{}, "https://ours.test/datasets/1", true},
      {{"https://ours.test"}, "", true},
      {{"https://ours.test.example/datasets/1"}, "", false},
      {{"http://ours.test/datasets/1"}, "", false},
  };
  for (const auto& row : cases) {
    Loop loop("https://ours.test");
    EXPECT_EQ(loop.meets(record_by(row.trail, row.iri)).has_value(), row.ours)
        << testing::PrintToString(row.trail) << ' ' << row.iri;
  }
}

TEST(Loop, FlagsTheSourceOnceWithHowMany) {
  Loop loop("https://ours.test");
  EXPECT_FALSE(loop.finding());
  const auto skip = loop.meets(record_by({"https://ours.test/datasets/1"}));
  ASSERT_TRUE(skip);
  EXPECT_EQ(skip->reason, "it passed through this catalog before");
  EXPECT_EQ(skip->title, "Arbres");
  loop.meets(record_by({"https://ours.test/datasets/2"}));
  ASSERT_TRUE(loop.finding());
  EXPECT_EQ(loop.finding()->cause, "harvests_us");
  EXPECT_EQ(loop.finding()->message,
            "this source harvests our catalog: 2 of its records passed through here before and were left out");
}

TEST(Loop, WithoutAnAddressNothingIsOurs) { EXPECT_FALSE(Loop("").meets(record_by({"https://ours.test/datasets/1"}))); }

}  // namespace
}  // namespace moisson::harvest
