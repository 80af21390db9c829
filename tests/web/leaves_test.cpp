#include "web/leaves.h"

#include <gtest/gtest.h>

namespace moisson::web {
namespace {

std::string told(std::string_view text, std::size_t most = 100) {
  const auto document = json::Document::parse(text);
  std::string out;
  for (const Leaf& leaf : leaves(document->root(), most)) out += leaf.pointer + "=" + leaf.value + "\n";
  return out;
}

TEST(Leaves, StandInTheDocumentsOrderUnderTheirPointers) {
  EXPECT_EQ(
      told(R"({"title":"Eau","tags":[{"name":"a/b"},{"name":"c~d"}],"size":12,"open":true,"none":null,"empty":""})"),
      "/title=Eau\n/tags/0/name=a/b\n/tags/1/name=c~d\n/size=12\n/open=true\n");
  EXPECT_EQ(told(R"({"a/b":{"c~d":1}})"), "/a~1b/c~0d=1\n");
  EXPECT_EQ(told(R"("alone")"), "=alone\n");
}

TEST(Leaves, AreNoMoreThanAskedFor) { EXPECT_EQ(told("[1,2,3,4]", 2), "/0=1\n/1=2\n"); }

}  // namespace
}  // namespace moisson::web
