#include "core/xml_tree.h"

#include <gtest/gtest.h>

namespace moisson::xml {
namespace {

TEST(XmlTree, FindsElementsByTheirLocalNames) {
  const auto tree =
      parse_tree(R"(<a:r xmlns:a="urn:a"><a:x k="1">one</a:x><y><z>deep</z><z/></y><a:x>two &amp; three</a:x></a:r>)");
  ASSERT_TRUE(tree) << to_string(tree.error());
  EXPECT_EQ(tree->ns, "urn:a");
  EXPECT_EQ(tree->child("x")->attribute("k"), "1");
  EXPECT_EQ(tree->all("x").size(), 2u);
  EXPECT_EQ(tree->all("x")[1]->text, "two & three");
  EXPECT_EQ(tree->all("*/z").size(), 2u);
  EXPECT_EQ(tree->first("y/z")->text, "deep");
  EXPECT_EQ(tree->first("y/none"), nullptr);
  EXPECT_EQ(tree->attribute("none"), "");
}

TEST(XmlTree, WritesADocumentThatReadsBackEqual) {
  const auto tree =
      parse_tree(R"(<r xmlns="urn:a" xmlns:b="urn:b"> <b:x b:k="&quot;&lt;"> keep  blanks </b:x><!-- c --><y/></r>)");
  ASSERT_TRUE(tree);
  const std::string text = write(*tree);
  EXPECT_EQ(text, R"(<r xmlns="urn:a" xmlns:b="urn:b"><b:x b:k="&quot;&lt;"> keep  blanks </b:x><y/></r>)");
  EXPECT_EQ(write(*parse_tree(text)), text);
}

TEST(XmlTree, RefusesWhatIsTooLarge) {
  std::string many = "<r>";
  for (std::size_t i = 0; i < TreeBuilder::max_elements; ++i) many += "<a/>";
  EXPECT_EQ(parse_tree(many + "</r>").error().code, ErrorCode::too_large);
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  EXPECT_FALSE(parse_tree(deep));
  EXPECT_FALSE(parse_tree("<a>"));
}

}  // namespace
}  // namespace moisson::xml
