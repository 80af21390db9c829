#include <moisson/core/uuid.h>

#include <gtest/gtest.h>

#include <set>

namespace moisson {
namespace {

TEST(RecordUuid, IsTheSameForEver) {
  // Links of citizens hang on these ids: a change here is a broken promise.
  EXPECT_EQ(record_uuid("datasud", "arbres"), "ee41e80b-ff5d-5872-98ad-c01416ea2975");
}

TEST(RecordUuid, DiffersBySourceAndByRemoteId) {
  EXPECT_NE(record_uuid("a", "x"), record_uuid("b", "x"));
  EXPECT_NE(record_uuid("a", "x"), record_uuid("a", "y"));
  EXPECT_NE(record_uuid("ab", "c"), record_uuid("a", "bc"));
  EXPECT_TRUE(is_uuid(record_uuid("datasud", "été")));
  EXPECT_EQ(record_uuid("a", "x")[14], '5');
}

TEST(RandomUuid, IsOfVersionFourAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto id = random_uuid();
    EXPECT_TRUE(is_uuid(id));
    EXPECT_EQ(id[14], '4');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST(IsUuid, KnowsTheDashedFormOnly) {
  EXPECT_TRUE(is_uuid("123e4567-e89b-12d3-a456-426614174000"));
  EXPECT_TRUE(is_uuid("123E4567-E89B-12D3-A456-426614174000"));
  for (const auto* text : {"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
                           "123e4567-e89b-12d3-a456-42661417400g", "123e4567_e89b-12d3-a456-426614174000"})
    EXPECT_FALSE(is_uuid(text)) << text;
}

}  // namespace
}  // namespace moisson
