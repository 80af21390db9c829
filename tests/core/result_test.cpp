#include <moisson/core/result.h>

#include <gtest/gtest.h>

#include <set>

namespace moisson {
namespace {

TEST(Error, ReadsAsOneLine) {
  EXPECT_EQ(to_string(Error{ErrorCode::invalid_input, "not a date", "/x/0", "write 2024"}),
            "/x/0: not a date (write 2024)");
  EXPECT_EQ(to_string(Error{ErrorCode::io, "disk is full", "", ""}), "disk is full");
  EXPECT_EQ(to_string(Error{ErrorCode::timeout, "", "", ""}), "timeout");
}

TEST(Error, IsSeenFromTheCallersPlace) {
  EXPECT_EQ(at("page 3", Error{ErrorCode::io, "m", "4:17", ""}).where, "page 3: 4:17");
  EXPECT_EQ(at("page 3", Error{ErrorCode::io, "m", "", ""}).where, "page 3");
  EXPECT_EQ(at("", Error{ErrorCode::io, "m", "4:17", ""}).where, "4:17");
}

TEST(ErrorCode, HasAWordOfItsOwnForEach) {
  std::set<std::string_view> words;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
    EXPECT_TRUE(words.insert(to_string(static_cast<ErrorCode>(code))).second);
}

}  // namespace
}  // namespace moisson
