#include "http/conditional.h"

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

TEST(Conditional, ComparesTagsWeakly) {
  EXPECT_TRUE(none_match_holds("\"a\"", "\"a\""));
  EXPECT_TRUE(none_match_holds("W/\"a\"", "\"a\""));
  EXPECT_TRUE(none_match_holds("\"x\", \"a,b\" , \"c\"", "\"a,b\""));
  EXPECT_TRUE(none_match_holds("*", "\"a\""));
  EXPECT_FALSE(none_match_holds("\"ab\"", "\"a\""));
  EXPECT_FALSE(none_match_holds("\"a", "\"a\""));
  EXPECT_FALSE(none_match_holds("", "\"a\""));
}

TEST(Conditional, TagsTheCompressedForm) {
  EXPECT_EQ(gzip_etag("\"a\""), "\"a-gzip\"");
  EXPECT_EQ(gzip_etag("W/\"a\""), "W/\"a-gzip\"");
}

TEST(Conditional, HoldsACompressedCopyFreshOnlyForThoseWhoTakeIt) {
  Request request;
  EXPECT_FALSE(is_fresh(request, "\"a\""));
  request.headers.set("If-None-Match", "\"a-gzip\"");
  EXPECT_FALSE(is_fresh(request, "\"a\""));
  request.headers.set("Accept-Encoding", "gzip");
  EXPECT_TRUE(is_fresh(request, "\"a\""));
}

}  // namespace
}  // namespace moisson::http
