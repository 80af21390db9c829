#include "api/byte_range.h"

#include <gtest/gtest.h>

#include <string>

namespace moisson::api {
namespace {

TEST(ByteRange, ReadsWhatRfc9110Allows) {
  struct Case {
    const char* range;
    std::optional<ByteRange> meant;  // of 100 bytes
  };
  for (const auto& [range, meant] :
       {Case{"bytes=0-9", ByteRange{0, 9}}, Case{"bytes=90-", ByteRange{90, 99}}, Case{"bytes=-5", ByteRange{95, 99}},
        Case{"bytes=-500", ByteRange{0, 99}}, Case{"bytes=99-500", ByteRange{99, 99}}, Case{"bytes=100-", std::nullopt},
        Case{"bytes=-0", std::nullopt}})
    EXPECT_EQ(byte_range(range, 100), meant) << range;
}

TEST(ByteRange, GivesTheWholeWhereItCannotGiveAPart) {
  const auto asks = [](const char* range, const char* condition) {
    http::Request request;
    request.headers.set("Range", range);
    if (*condition) request.headers.set("If-Range", condition);
    return asks_for_part(request, "\"a\"");
  };
  EXPECT_TRUE(asks("bytes=5-", ""));
  EXPECT_TRUE(asks("bytes=5-", "\"a\""));
  EXPECT_FALSE(asks("bytes=5-", "\"b\""));
  EXPECT_FALSE(asks("bytes=5-", "W/\"a\""));
  for (const char* range : {"", "bytes=1-2,4-5", "lines=1-2", "bytes=", "bytes=-", "bytes=9-5", "bytes=x-5"})
    EXPECT_FALSE(asks(range, "")) << range;
}

}  // namespace
}  // namespace moisson::api
