#include "core/xml.h"

#include <gtest/gtest.h>

namespace moisson::xml {
namespace {

// Writes what it hears as one line.
struct Listener : Handler {
  std::string heard;
  Result<void> answer;

  Result<void> start_element(const Name& name, const std::vector<Attribute>& attributes,
                             const std::vector<NamespaceDeclaration>& declarations) override {
    heard += "<" + std::string(name.local) + (name.ns.empty() ? "" : "{" + std::string(name.ns) + "}");
    for (const auto& attribute : attributes)
      heard += " " + std::string(attribute.name.local) + "=" + std::string(attribute.value);
    for (const auto& declaration : declarations)
      heard += " xmlns:" + std::string(declaration.prefix) + "=" + std::string(declaration.iri);
    heard += ">";
    return answer;
  }
  Result<void> end_element(const Name& name) override {
    heard += "</" + std::string(name.local) + ">";
    return {};
  }
  Result<void> characters(std::string_view text) override {
    heard += text;
    return {};
  }
  Result<void> comment(std::string_view text) override {
    heard += "<!--" + std::string(text) + "-->";
    return {};
  }
  Result<void> processing_instruction(std::string_view target, std::string_view data) override {
    heard += "<?" + std::string(target) + " " + std::string(data) + "?>";
    return {};
  }
};

Result<std::string> heard(std::string_view text, Limits limits = {}, std::size_t piece = 1 << 20) {
  Listener listener;
  Parser parser(listener, limits);
  for (std::size_t i = 0; i < text.size(); i += piece)
    if (auto fed = parser.feed(text.substr(i, piece)); !fed) return fed.error();
  if (auto finished = parser.finish(); !finished) return finished.error();
  return listener.heard;
}

TEST(Xml, SpeaksInDocumentOrder) {
  EXPECT_EQ(*heard("<?xml version='1.0'?><a xmlns='u:d' xmlns:p='u:p' p:x='1 &amp; 2' "
                   "y='&#233;'><!--c--><p:b>t<![CDATA[<&]]></p:b><?go on?></a>"),
            "<a{u:d} x=1 & 2 y=é xmlns:=u:d xmlns:p=u:p><!--c--><b{u:p}>t<&</b><?go on?></a>");
}

TEST(Xml, HearsTheSameByteByByte) {
  const std::string_view text = "<a xmlns:é='u:é'><b c='œ'>été 😀 &lt;</b>\n</a>";
  EXPECT_EQ(*heard(text, {}, 1), *heard(text));
}

TEST(Xml, FindsTheEncodingItself) {
  EXPECT_EQ(*heard("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9t\xe9</a>"), "<a>été</a>");
  EXPECT_EQ(*heard("<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>"), "<a>€</a>");
  EXPECT_EQ(*heard("\xEF\xBB\xBF<a>é</a>"), "<a>é</a>");
  EXPECT_EQ(*heard(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), "<a></a>");
}

TEST(Xml, SaysWhenTheEncodingIsNotTheOneDeclared) {
  const auto wrong = heard("<?xml version='1.0' encoding='UTF-8'?>\n<a>caf\xe9 x</a>");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid_input);
  EXPECT_NE(wrong.error().hint.find("encoding"), std::string::npos) << to_string(wrong.error());
  EXPECT_EQ(wrong.error().where.substr(0, 2), "2:");
}

TEST(Xml, MendsOverlongFormsInCdata) {
  EXPECT_EQ(*heard("<a><![CDATA[b\xC0\x8D"
                   "c]]></a>"),
            "<a>b\uFFFDc</a>");
  EXPECT_FALSE(
      heard("<a>b\xC0\x8D"
            "c</a>"));
}

TEST(Xml, TellsLineAndColumnOfWhatIsWrong) {
  for (const std::string_view text : {"<a>\n<b></a>", "<a>\n&nope;</a>", "<a>\n<b x=1/></a>", "<a>\n\x01</a>"}) {
    const auto wrong = heard(text);
    ASSERT_FALSE(wrong) << text;
    EXPECT_EQ(wrong.error().where.substr(0, 2), "2:") << text << ": " << to_string(wrong.error());
  }
  EXPECT_FALSE(heard(""));
  EXPECT_FALSE(heard("<a>"));
  EXPECT_FALSE(heard("<a/><b/>"));
  EXPECT_FALSE(heard("plain"));
}

TEST(Xml, ExpandsTheShorthandsOfAnInternalSubset) {
  EXPECT_EQ(*heard("<!DOCTYPE r [<!ENTITY xsd 'http://www.w3.org/2001/XMLSchema#'>]><r a='&xsd;int'>&xsd;date</r>"),
            "<r a=http://www.w3.org/2001/XMLSchema#int>http://www.w3.org/2001/XMLSchema#date</r>");
}

TEST(Xml, ReadsNothingFromOutside) {
  for (const std::string_view text : {"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>",
                                      "<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><r/>"}) {
    const auto refused = heard(text);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
  }
  // A DTD named from outside is passed over: it is common, and nothing of it is needed.
  EXPECT_EQ(*heard("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r>x</r>"), "<r>x</r>");
}

TEST(Xml, CapsEntityGrowth) {
  std::string bomb = "<!DOCTYPE r [<!ENTITY a0 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'>";
  for (int i = 1; i < 10; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  const auto refused = heard(bomb + "]><r>&a9;</r>");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::too_large) << to_string(refused.error());
  EXPECT_FALSE(heard(bomb + "]><r x='&a9;'/>"));

  std::string many = "<!DOCTYPE r [<!ENTITY big '" + std::string(10'000, 'x') + "'>]><r>";
  for (int i = 0; i < 1000; ++i) many += "<b>&big;</b>";
  const auto grown = heard(many + "</r>");
  ASSERT_FALSE(grown);
  EXPECT_EQ(grown.error().code, ErrorCode::too_large);
}

TEST(Xml, CapsDepthAndText) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const auto too_deep = heard(deep);
  ASSERT_FALSE(too_deep);
  EXPECT_EQ(too_deep.error().code, ErrorCode::too_large);
  EXPECT_NE(too_deep.error().message.find("256"), std::string::npos);

  const auto too_long = heard("<a>" + std::string(5000, 'x') + "</a>", {.text_bytes = 1000});
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, ErrorCode::too_large);
  EXPECT_EQ(heard("<a b='" + std::string(5000, 'x') + "'/>", {.text_bytes = 1000}).error().code, ErrorCode::too_large);
  EXPECT_TRUE(heard("<a>" + std::string(900, 'x') + "<b/>" + std::string(900, 'x') + "</a>", {.text_bytes = 1000}));
}

TEST(Xml, StopsWhenTheHandlerSaysSo) {
  Listener listener;
  listener.answer = Error{ErrorCode::cancelled, "enough", "", ""};
  Parser parser(listener);
  const auto fed = parser.feed("<a><b/></a>");
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().message, "enough");
  EXPECT_EQ(listener.heard, "<a>");
  EXPECT_FALSE(parser.feed("<c/>"));
  EXPECT_FALSE(parser.finish());
}

TEST(XmlEscape, LeavesNothingToInterpret) {
  EXPECT_EQ(escape("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD\xEF\xBC\xA1"), "\xEF\xBF\xBD\xEF\xBC\xA1") << "U+FFFE, U+FFFF";
  EXPECT_EQ(escape("<a href=\"x\">&é\n\x01</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;é\n&lt;/a&gt;");
}

}  // namespace
}  // namespace moisson::xml
