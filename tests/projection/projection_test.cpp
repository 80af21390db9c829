#include "projection/projection.h"

#include "index/writer.h"
#include "projection/index_directory.h"
#include "tests/store/shelf.h"

#include <gmock/gmock.h>

#include <fstream>

namespace moisson::test {
namespace {

using namespace std::chrono_literals;

class ProjectionTest : public testing::Test {
 protected:
  ProjectionTest() : source(source_named("portal")) { EXPECT_TRUE(shelf.writer().put_source(source)); }

  std::filesystem::path directory() const { return shelf.directory() / "index"; }

  void store_records(int first, int count) {
    auto run = shelf.writer().begin(source.id, false);
    ASSERT_TRUE(run);
    store::Batch batch;
    for (int i = first; i < first + count; ++i)
      batch.drafts.push_back(draft_of(source, "r" + std::to_string(i), "Jeu numéro" + std::to_string(i)));
    ASSERT_TRUE(run->apply(batch));
    ASSERT_TRUE(run->end(harvest::JobOutcome::succeeded, std::nullopt, std::nullopt));
  }

  std::unique_ptr<projection::Projection> start() {
    auto started = projection::Projection::start({directory(), 100}, *shelf.store, slot);
    EXPECT_TRUE(started) << (started ? "" : to_string(started.error()));
    return std::move(*started);
  }

  std::uint64_t found(const std::string& text) const {
    search::Query query;
    query.text = text;
    const auto results = slot.current()->search(query);
    EXPECT_TRUE(results);
    return results->total;
  }

  std::size_t indexes() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory())) count += entry.is_directory() ? 1 : 0;
    return count;
  }

  Shelf shelf;
  harvest::HarvestSource source;
  index::SnapshotSlot slot;
};

TEST_F(ProjectionTest, AnEmptyCatalogIsSearchableAtOnce) {
  const auto projection = start();
  ASSERT_TRUE(slot.current());
  EXPECT_EQ(found(""), 0U);
}

TEST_F(ProjectionTest, MakesEveryChangeSearchable) {
  const auto projection = start();
  store_records(0, 250);
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  EXPECT_EQ(projection->lag(), 0U);
  EXPECT_EQ(found(""), 250U);
  EXPECT_EQ(found("numero7"), 1U);
  EXPECT_EQ(slot.current()->search({})->hits.front().source.label, "Portal portal");
}

TEST_F(ProjectionTest, GoesOnWhereItStopped) {
  {
    const auto projection = start();
    store_records(0, 10);
    ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  }
  const auto before = projection::IndexDirectory::open(directory())->current();
  slot.put(nullptr);
  const auto projection = start();
  ASSERT_TRUE(slot.current());
  EXPECT_EQ(found(""), 10U);
  store_records(10, 5);
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  EXPECT_EQ(found(""), 15U);
  EXPECT_EQ(projection::IndexDirectory::open(directory())->current(), before);
}

TEST_F(ProjectionTest, BuildsAnIndexThatIsMissingOrOfAnotherEpoch) {
  store_records(0, 20);
  {
    auto at = projection::IndexDirectory::open(directory());
    const auto path = at->next();
    auto foreign = index::Writer::open(path, "another epoch");
    ASSERT_TRUE(foreign);
    ASSERT_TRUE((*foreign)->apply({}, {}, 1'000'000));
    ASSERT_TRUE(at->use(path));
  }
  const auto projection = start();
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  EXPECT_EQ(slot.current()->epoch(), shelf.store->epoch());
  EXPECT_EQ(found(""), 20U);
}

TEST_F(ProjectionTest, BuildsAnIndexThatDoesNotReadBack) {
  store_records(0, 20);
  std::filesystem::create_directories(directory() / "index.3");
  std::ofstream(directory() / "index.3" / "iamglass") << "not an index";
  std::ofstream(directory() / "current") << "index.3\n";
  const auto projection = start();
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  EXPECT_EQ(found(""), 20U);
}

TEST_F(ProjectionTest, ClearsWhatACrashedRebuildLeft) {
  store_records(0, 5);
  ASSERT_TRUE(start()->wait_for(shelf.store->last_seq(), 30s));
  std::filesystem::create_directories(directory() / "index.77");
  const auto projection = start();
  EXPECT_FALSE(std::filesystem::exists(directory() / "index.77"));
  EXPECT_EQ(indexes(), 1U);
}

TEST_F(ProjectionTest, RebuildsBesideTheOldIndexWhichGoesOnAnswering) {
  const auto projection = start();
  store_records(0, 300);
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  const auto old = slot.current();
  std::uint64_t told = 0;
  bool served = true;
  ASSERT_TRUE(projection->rebuild([&](std::uint64_t done, std::uint64_t of) {
    told = done;
    served = served && of == 300 && slot.current() == old;
  }));
  EXPECT_EQ(told, 300U);
  EXPECT_TRUE(served);
  EXPECT_NE(slot.current(), old);
  EXPECT_EQ(found("\"jeu numero7\""), 1U);
  EXPECT_EQ(indexes(), 1U);
  search::Query phrase;
  phrase.text = "\"jeu numero8\"";
  EXPECT_EQ(old->search(phrase)->total, 1U) << "a held snapshot outlives the directory it was opened in";
  store_records(300, 1);
  ASSERT_TRUE(projection->wait_for(shelf.store->last_seq(), 30s));
  EXPECT_EQ(found(""), 301U);
}

}  // namespace
}  // namespace moisson::test
