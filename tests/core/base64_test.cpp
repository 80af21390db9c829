#include "core/base64.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

// RFC 4648 §10, without padding, and the two letters of the URL alphabet.
TEST(Base64url, WritesAndReadsTheExamplesOfTheStandard) {
  const std::pair<std::string_view, std::string_view> examples[] = {{"", ""},
                                                                    {"f", "Zg"},
                                                                    {"fo", "Zm8"},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg"},
                                                                    {"foobar", "Zm9vYmFy"},
                                                                    {"\xfb\xff\xfe", "-__-"}};
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(base64url(bytes), text);
    EXPECT_EQ(base64url_decode(text), bytes);
  }
}

TEST(Base64, PadsToWholeGroups) {
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("\xfb\xff\xfe"), "+//+");
}

TEST(Base64url, RefusesWhatNoEncoderWrites) {
  for (const std::string_view text : {"Z", "Zg==", "Zm9v Yg", "Zh", "Zm9", "+/+/", "Zm9vZ", "é"})
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace moisson
