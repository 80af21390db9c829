#include "http/target.h"

#include "http/query_string.h"

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

TEST(Target, NormalisesThePath) {
  const std::pair<const char*, const char*> rows[] = {
      {"/", "/"},         {"/a/b", "/a/b"},        {"/a/", "/a/"},     {"//a//b", "/a/b"},
      {"/a/../b", "/b"},  {"/a/./b", "/a/b"},      {"/../../x", "/x"}, {"/%2e%2e/etc", "/etc"},
      {"/a/b/..", "/a/"}, {"/caf%C3%A9", "/café"}, {"/a?b#c", "/a"},   {"http://h:1/x?y", "/x"},
      {"HTTP://h", "/"},  {"http://h?q=1", "/"},
  };
  for (const auto& [target, path] : rows) {
    const auto parsed = parse_target(target);
    ASSERT_TRUE(parsed) << target;
    EXPECT_EQ(parsed->path, path) << target;
  }
}

TEST(Target, RefusesWhatIsNoPath) {
  for (const char* target : {"", "*", "a", "ftp://h/", "/%00", "/a%0d%0ab", "/%ff", "h:80"})
    EXPECT_FALSE(parse_target(target)) << target;
}

TEST(QueryString, ReadsLeniently) {
  const auto parameters = parse_query_string("a=1&b&=x&c=%C3%A9+%&&a=2=3&filters[org]=x|y");
  ASSERT_TRUE(parameters);
  const Parameters expected{{"a", "1"}, {"b", ""}, {"c", "é %"}, {"a", "2=3"}, {"filters[org]", "x|y"}};
  EXPECT_EQ(*parameters, expected);
}

TEST(QueryString, LeavesOutNamesOfWhichNothingIsText) { EXPECT_TRUE(parse_query_string("%00=1&\x1F\x7F=2")->empty()); }

TEST(QueryString, CapsTheNumberOfParameters) {
  std::string text;
  for (std::size_t i = 0; i < max_parameters; ++i) text += "a=1&";
  EXPECT_TRUE(parse_query_string(text));
  EXPECT_FALSE(parse_query_string(text + "b=1"));
}

}  // namespace
}  // namespace moisson::http
