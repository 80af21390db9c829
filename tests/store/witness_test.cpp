#include "store/witness.h"

#include <gtest/gtest.h>
#include <moisson/core/uuid.h>

#include <filesystem>
#include <fstream>

namespace moisson::store {
namespace {

TEST(Witness, TellsARestoredStoreFromOneThatGoesOn) {
  const std::string epoch = random_uuid();
  struct Case {
    const char* what;
    std::uint64_t seq;
    std::optional<Witness::Testimony> testimony;
    bool restored;
  };
  const Case cases[] = {
      {"as it was left", 7, Witness::Testimony{epoch, 7}, false},
      {"killed between commit and witness", 8, Witness::Testimony{epoch, 7}, false},
      {"behind its witness", 6, Witness::Testimony{epoch, 7}, true},
      {"of another history", 9, Witness::Testimony{random_uuid(), 7}, true},
      {"copied without its witness", 7, std::nullopt, true},
      {"killed before its first witness", 0, std::nullopt, false},
  };
  for (const auto& row : cases) EXPECT_EQ(restored(epoch, row.seq, row.testimony), row.restored) << row.what;
}

TEST(Witness, ReadsBackWhatItWroteAndNothingElse) {
  const auto file = std::filesystem::temp_directory_path() / ("moisson-witness-" + random_uuid());
  Witness witness(file);
  EXPECT_EQ(witness.read(), std::nullopt);
  const Witness::Testimony testimony{random_uuid(), 12'345};
  ASSERT_TRUE(witness.write({testimony.epoch, 18'446'744'073'709'551'615u}).has_value());
  ASSERT_TRUE(witness.write(testimony).has_value());
  EXPECT_EQ(witness.read(), testimony);
  std::ofstream(file) << "torn";
  EXPECT_EQ(witness.read(), std::nullopt);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace moisson::store
