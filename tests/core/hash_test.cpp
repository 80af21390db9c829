#include "core/hash.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

// FIPS 180-4 examples.
TEST(Hash, KnowsThePublishedVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

// RFC 4231 §4.3.
TEST(Hash, AuthenticatesWithAKey) {
  const std::string digest = hmac_sha256("Jefe", "what do ya want for nothing?");
  EXPECT_EQ(digest, std::string("\x5b\xdc\xc1\x46\xbf\x60\x75\x4e\x6a\x04\x24\x26\x08\x95\x75\xc7"
                                "\x5a\x00\x3f\x08\x9d\x27\x39\x83\x9d\xec\x58\xb9\x64\xec\x38\x43",
                                32));
  EXPECT_EQ(sha256("abc").substr(0, 4), "\xba\x78\x16\xbf");
}

TEST(Hash, KeepsItsFastHashOverTime) {
  // ETags and tables on disk hang on these: they never change.
  EXPECT_EQ(hash64(""), 0xefd01f60ba992926u);
  EXPECT_NE(hash64("a"), hash64("b"));
  EXPECT_EQ(hash64("moisson"), hash64(std::string("moisson")));
  EXPECT_EQ(quick_hash64(""), 0xf5b46a00aa283ecfu);
  EXPECT_EQ(quick_hash64("a catalog of data sets"), 0x1339bdac46cafd9du);
}

TEST(Hash, GivesAnotherTableUnderAnotherSeed) {
  EXPECT_NE(quick_hash64("a catalog of data sets", 1), quick_hash64("a catalog of data sets"));
  EXPECT_NE(quick_hash64("a catalog of data sets", 1), quick_hash64("a catalog of data sets", 2));
}

}  // namespace
}  // namespace moisson
