#include "store/reading.h"

#include "shelf.h"

namespace moisson::store {
namespace {

using test::draft_of;
using test::Shelf;
using test::source_named;

void harvest(Shelf& shelf, const std::string& source, const std::vector<std::string>& titles) {
  auto run = shelf.writer().begin(source, true);
  ASSERT_TRUE(run.has_value());
  Batch batch;
  for (std::size_t i = 0; i < titles.size(); ++i)
    batch.drafts.push_back(draft_of(source_named(source), "r" + std::to_string(i), titles[i]));
  ASSERT_TRUE(run->apply(batch).has_value());
  ASSERT_TRUE(run->remove_unseen().has_value());
  ASSERT_TRUE(run->end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt).has_value());
}

TEST(Reading, StaysAtItsCommitWhileTheStoreGoesOn) {
  Shelf shelf;
  ASSERT_TRUE(shelf.writer().put_source(source_named("alpha")).has_value());
  harvest(shelf, "alpha", {"Eau", "Air", "Bruit"});
  const auto reading = shelf.store->reading();
  ASSERT_TRUE(reading.has_value());
  const auto before = shelf.store->last_seq();
  harvest(shelf, "alpha", {"Eau potable"});
  EXPECT_EQ((*reading)->seq(), before);
  EXPECT_GT(shelf.store->last_seq(), before);
  const auto records = (*reading)->records_after(0, 100);
  ASSERT_TRUE(records.has_value());
  ASSERT_EQ(records->size(), 3u);
  EXPECT_NE(records->front().json.find("\"Eau\""), std::string::npos);
  EXPECT_NE((*reading)->raw(records->back().id)->bytes.find("Bruit"), std::string::npos);
  EXPECT_EQ(shelf.store->records_after(0, 100)->size(), 1u);
}

TEST(Reading, AddressesStandInBlocksOfRows) {
  Shelf shelf;
  ASSERT_TRUE(shelf.writer().put_source(source_named("alpha")).has_value());
  harvest(shelf, "alpha", {"a", "b", "c", "d", "e"});
  const auto blocks = shelf.store->address_blocks(2);
  ASSERT_TRUE(blocks.has_value());
  ASSERT_EQ(blocks->size(), 3u);
  EXPECT_EQ(blocks->back().number, 2u);
  EXPECT_EQ(blocks->back().last_changed, shelf.clock.now());
  EXPECT_EQ(shelf.store->addresses(0, 2, 100)->size(), 2u);
  EXPECT_EQ(shelf.store->addresses(4, 6, 100)->size(), 1u);
}

}  // namespace
}  // namespace moisson::store
