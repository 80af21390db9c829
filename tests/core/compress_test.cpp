#include "core/compress.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

std::string sample() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "zones inondables " + std::to_string(i * 7919 % 1000) + "\n";
  return text;
}

TEST(Zstd, GivesBackWhatItTook) {
  for (const std::string& text : {std::string(), std::string("é"), std::string("\0\xff", 2), sample()}) {
    const auto packed = zstd_compress(text);
    const auto unpacked = zstd_decompress(packed, text.size());
    ASSERT_TRUE(unpacked) << to_string(unpacked.error());
    EXPECT_EQ(*unpacked, text);
  }
}

TEST(Zstd, StopsAtTheCap) {
  const auto packed = zstd_compress(sample());
  const auto unpacked = zstd_decompress(packed, 1000);
  ASSERT_FALSE(unpacked);
  EXPECT_EQ(unpacked.error().code, ErrorCode::too_large);
  EXPECT_NE(unpacked.error().message.find("1000 bytes"), std::string::npos);
}

TEST(Zstd, TellsRubbishAndCutData) {
  EXPECT_EQ(zstd_decompress("not zstd at all", 100).error().code, ErrorCode::corrupt);
  auto packed = zstd_compress(sample());
  packed.resize(packed.size() / 2);
  EXPECT_EQ(zstd_decompress(packed, 10'000'000).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(zstd_decompress("", 100));
}

TEST(Gzip, StreamsWhatOneCallWouldGive) {
  const std::string text = sample();
  GzipStream stream;
  std::string packed;
  for (std::size_t i = 0; i < text.size(); i += 1000) packed += stream.push(std::string_view(text).substr(i, 1000));
  packed += stream.finish();
  EXPECT_EQ(packed, gzip_compress(text));
  EXPECT_EQ(packed.substr(0, 2), "\x1f\x8b");
  EXPECT_LT(packed.size(), text.size() / 4);
}

}  // namespace
}  // namespace moisson
