// A disk that takes no more (RLIMIT_FSIZE stands for it), and a log cut short, as a power loss may leave it.
#include "tests/store/shelf.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

namespace moisson::store {
namespace {

// No file may grow beyond `bytes` while it stands.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

Batch batch_of(const harvest::HarvestSource& source, int first, int count) {
  Batch batch;
  for (int i = first; i < first + count; ++i)
    batch.drafts.push_back(test::draft_of(source, "r" + std::to_string(i), "Titre " + std::to_string(i)));
  return batch;
}

TEST(FullDisk, LeavesNothingHalfDoneAndTheStoreGoesOnWhenThereIsSpaceAgain) {
  test::Shelf shelf;
  const auto source = test::source_named("ville");
  ASSERT_TRUE(shelf.writer().put_source(source).has_value());
  auto run = shelf.writer().begin(source.id, false);
  ASSERT_TRUE(run->apply(batch_of(source, 0, 100)).has_value());
  const auto log = std::filesystem::file_size(shelf.options.path.string() + "-wal");
  {
    const FullDisk full(log + 8'192);
    const auto applied = run->apply(batch_of(source, 100, 400));
    ASSERT_TRUE(applied.has_error());
    EXPECT_EQ(applied.error().code, ErrorCode::io);
    EXPECT_EQ(run->job().counts.created, 100u);
    EXPECT_EQ(shelf.store->last_seq(), 100u);
    EXPECT_EQ(*shelf.store->record_count(), 100u);
  }
  ASSERT_TRUE(run->apply(batch_of(source, 100, 400)).has_value());
  EXPECT_EQ(shelf.store->last_seq(), 500u);
  EXPECT_EQ(test::changes_of(*shelf.store).size(), 500u);
}

TEST(CutLog, AStoreThatLostTheEndOfItsLogIsWholeAndOfANewEpoch) {
  test::Shelf shelf;
  const auto source = test::source_named("ville");
  ASSERT_TRUE(shelf.writer().put_source(source).has_value());
  std::string epoch;
  const auto copy = shelf.directory() / "after-the-crash";
  std::filesystem::create_directory(copy);
  const auto file = shelf.options.path.string();
  {
    auto run = shelf.writer().begin(source.id, false);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(run->apply(batch_of(source, i * 100, 100)).has_value());
    epoch = shelf.store->epoch();
    // As the machine would leave them: the store is not closed.
    for (const char* suffix : {"", "-wal", ".witness"})
      std::filesystem::copy_file(file + suffix, (copy / "catalog.db").string() + suffix);
  }
  const auto log = (copy / "catalog.db-wal").string();
  std::filesystem::resize_file(log, std::filesystem::file_size(log) * 2 / 3);
  shelf.store.reset();
  shelf.options.path = copy / "catalog.db";
  shelf.open();
  EXPECT_NE(shelf.store->epoch(), epoch);
  EXPECT_EQ(shelf.store->last_seq(), 500u);
  const auto records = *shelf.store->record_count();
  EXPECT_GT(records, 0u);
  EXPECT_LT(records, 500u);
  EXPECT_EQ(records % 100, 0u);
  EXPECT_EQ(test::changes_of(*shelf.store).size(), records);
  EXPECT_EQ(shelf.store->records_after(0, 1'000)->size(), records);
}

}  // namespace
}  // namespace moisson::store
