// The built program, killed at random moments of harvest, projection and rebuild; a disk that is full; a log that was cut; a store put
// back beside a newer index. After each the next run must find everything, once.

#include "healing_catalog.h"
#include "program.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace moisson::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int kills = 36;
constexpr std::uint64_t disk_bytes = 256 * 1024;

std::chrono::microseconds one_run(const HealingCatalog& catalog, const std::string& word) {
  const auto begun = std::chrono::steady_clock::now();
  run(catalog.command(word));
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

TEST(Crash, KilledAtAnyMomentOfHarvestProjectionAndRebuildItLosesAndDoublesNothing) {
  HealingCatalog catalog;
  std::mt19937 chance(4711);
  const auto whole = one_run(catalog, "harvest");
  for (int n = 0; n < kills && !HasFailure(); ++n) {
    SCOPED_TRACE("kill " + std::to_string(n));
    catalog.change(chance);
    Program program(catalog.command(n % 4 == 3 ? "reindex" : "harvest"));
    program.kill_after(std::chrono::microseconds(chance() % static_cast<unsigned>(whole.count())));
    program.wait();
    catalog.heals();
  }
}

TEST(Crash, AFullDiskStopsARunWithAReasonAndTheNextOneGoesOn) {
  HealingCatalog catalog;
  const auto ended = run(catalog.command("harvest"), disk_bytes);
  EXPECT_EQ(ended.code, 1) << ended.out;
  catalog.heals();
}

TEST(Crash, ATruncatedWriteAheadLogCostsOnlyWhatItHeld) {
  HealingCatalog catalog;
  std::mt19937 chance(12);
  run(catalog.command("harvest"));
  catalog.change(chance);
  Program program(catalog.command("harvest"));
  program.kill_after(40ms);
  program.wait();
  const auto log = catalog.data() / "store.sqlite-wal";
  if (fs::exists(log) && fs::file_size(log) > 0) fs::resize_file(log, fs::file_size(log) * 2 / 3);
  catalog.heals();
}

TEST(Crash, AStorePutBackBesideANewerIndexStartsANewEpochAndTheIndexFollows) {
  HealingCatalog catalog;
  std::mt19937 chance(13);
  run(catalog.command("harvest"));
  fs::copy_file(catalog.data() / "store.sqlite", catalog.scratch().string() + ".sqlite");
  catalog.change(chance);
  run(catalog.command("harvest"));
  fs::remove(catalog.data() / "store.sqlite-wal");
  fs::remove(catalog.data() / "store.sqlite-shm");
  fs::copy_file(catalog.scratch().string() + ".sqlite", catalog.data() / "store.sqlite",
                fs::copy_options::overwrite_existing);
  catalog.heals();
}

}  // namespace
}  // namespace moisson::test
