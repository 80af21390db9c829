#include "core/json.h"

#include <gtest/gtest.h>

namespace moisson::json {
namespace {

Document parsed(std::string_view text) {
  auto document = Document::parse(text);
  EXPECT_TRUE(document) << text << ": " << to_string(document.error());
  return std::move(*document);
}

TEST(Json, NamesTheCapOnValues) {
  std::string many = "[0";
  for (std::size_t i = 0; i < max_values; ++i) many += ",0";
  const auto parsed = Document::parse(many + "]");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::too_large);
  EXPECT_EQ(parsed.error().message, "JSON holds more than 10000000 values");
}

TEST(Json, ReadsEveryKindOfValue) {
  const auto document =
      parsed(R"({"n":null,"b":true,"i":-42,"d":1.5,"s":"é\u00e9\ud83d\ude00\n","a":[1,[],{}],"o":{"x":"y"}})");
  const View root = document.root();
  EXPECT_EQ(root.size(), 7u);
  EXPECT_TRUE(root["n"].exists());
  EXPECT_TRUE(root["n"].is(Kind::null));
  EXPECT_EQ(root["b"].boolean(), true);
  EXPECT_EQ(root["i"].integer(), -42);
  EXPECT_EQ(root["d"].number(), 1.5);
  EXPECT_EQ(root["s"].string(), "éé😀\n");
  EXPECT_EQ(root["a"].items().size(), 3u);
  EXPECT_EQ(root["a"][std::size_t{0}].integer(), 1);
  EXPECT_EQ(root["o"]["x"].string(), "y");
  EXPECT_EQ(root.key(1), "b");
  EXPECT_EQ(root.member(1).boolean(), true);
}

TEST(Json, AnswersMissingValuesWithoutChecks) {
  const auto document = parsed(R"({"a":1})");
  const View missing = document.root()["x"]["y"][std::size_t{3}];
  EXPECT_FALSE(missing.exists());
  EXPECT_FALSE(missing.is(Kind::null));
  EXPECT_EQ(missing.kind(), Kind::null);
  EXPECT_EQ(missing.text(), "");
  EXPECT_EQ(missing.size(), 0u);
  EXPECT_EQ(missing.dump(), "null");
  EXPECT_TRUE(missing.items().empty());
  EXPECT_FALSE(document.root()[std::size_t{0}].exists());
  EXPECT_EQ(document.root().key(9), "");
}

TEST(Json, TakesNoTypeForAnother) {
  const auto document = parsed(R"({"s":"5","i":5,"b":true})");
  EXPECT_FALSE(document.root()["s"].integer());
  EXPECT_FALSE(document.root()["s"].number());
  EXPECT_FALSE(document.root()["i"].string());
  EXPECT_FALSE(document.root()["i"].boolean());
  EXPECT_FALSE(document.root()["b"].integer());
}

TEST(Json, KeepsTheDigitsOfNumbersAsText) {
  const auto document = parsed(
      R"([123456789012345678901234567890,1.50,-0,1e300,true,"x",9223372036854775807,9223372036854775808,1200.0,1.5])");
  const View root = document.root();
  const auto text = [&](std::size_t i) { return root[i].text(); };
  EXPECT_EQ(text(0), "123456789012345678901234567890");
  EXPECT_EQ(text(1), "1.50");
  EXPECT_EQ(text(3), "1e300");
  EXPECT_EQ(text(4), "true");
  EXPECT_EQ(text(5), "x");
  EXPECT_FALSE(root[std::size_t{0}].integer());
  EXPECT_DOUBLE_EQ(*root[std::size_t{0}].number(), 1.2345678901234568e29);
  EXPECT_EQ(root[std::size_t{3}].number(), 1e300);
  EXPECT_EQ(root[std::size_t{6}].integer(), INT64_MAX);
  EXPECT_FALSE(root[std::size_t{7}].integer());
  EXPECT_EQ(root[std::size_t{8}].integer(), 1200);
  EXPECT_FALSE(root[std::size_t{9}].integer());
}

TEST(Json, GivesTheFirstOfTwoMembersOfOneName) {
  const auto document = parsed(R"({"a":1,"a":2})");
  EXPECT_EQ(document.root()["a"].integer(), 1);
  EXPECT_EQ(document.root().member(1).integer(), 2);
}

TEST(Json, SkipsAByteOrderMark) { EXPECT_EQ(parsed("\xEF\xBB\xBF[1]").root().size(), 1u); }

TEST(Json, TellsWhereTheTextIsWrong) {
  struct Case {
    std::string_view text, where;
  };
  for (const auto& [text, where] :
       {Case{"{\n  \"a\": tru }", "2:11 (byte 12)"}, Case{"[1,]", "1:4 (byte 3)"}, Case{"", "1:1 (byte 0)"}}) {
    const auto document = Document::parse(text);
    ASSERT_FALSE(document) << text;
    EXPECT_EQ(document.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(document.error().where, where) << text;
  }
}

TEST(Json, RefusesWhatIsNotJson) {
  const std::string_view texts[] = {"{",
                                    "[1 2]",
                                    "{'a':1}",
                                    "[01]",
                                    "[1.]",
                                    "[+1]",
                                    "[1e400]",
                                    "[NaN]",
                                    "[Infinity]",
                                    "\"\x01\"",
                                    "[\"\n\"]",
                                    "{\"a\"}",
                                    "{\"a\":}",
                                    "[1] x",
                                    "// c\n1",
                                    "[\"\\x\"]",
                                    "[\"\\ud800\"]",
                                    "[\"\\udc00\"]",
                                    "[\"\\ud800\\u0041\"]",
                                    "nul",
                                    "[-]",
                                    "\"abc"};
  for (const auto text : texts) EXPECT_FALSE(Document::parse(text)) << text;
  EXPECT_FALSE(Document::parse(std::string_view("[1\0]", 4)));
}

TEST(Json, RefusesBytesThatAreNotUtf8AndSaysWhere) {
  std::string text = "[\"" + std::string(5000, 'x') + "\n";
  text.back() = '\n';
  text = "{\"a\":\"ok\",\n\"b\":\"caf\xe9\"}";
  const auto document = Document::parse(text);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().where, "2:9 (byte 19)");
  EXPECT_NE(document.error().message.find("UTF-8"), std::string::npos);
}

// Wherever it stands in a string: RapidJSON's vectors begin where the text stands in memory.
TEST(Json, RefusesControlCharactersAndSaysWhere) {
  for (const char control : {'\0', '\x01', '\x0b', '\x1a', '\x1e', '\x1f'}) {
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = "{\"a\":\"" + std::string(before, 'x') + control + std::string(40, 'y') + "\"}";
      const auto refused = Document::parse(text);
      ASSERT_FALSE(refused) << before;
      EXPECT_EQ(refused.error().where,
                "1:" + std::to_string(7 + before) + " (byte " + std::to_string(6 + before) + ")");
    }
  }
  EXPECT_TRUE(Document::parse("{\n\t\"a\":\r\n 1}"));
}

TEST(Json, CapsDepthWithoutRecursion) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(Document::parse(nested(max_depth)));
  const auto deep = Document::parse(nested(max_depth + 1));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, ErrorCode::too_large);
  EXPECT_NE(deep.error().message.find("128"), std::string::npos);
  EXPECT_EQ(Document::parse(nested(1'000'000)).error().code, ErrorCode::too_large);
  EXPECT_EQ(Document::parse(std::string(1'000'000, '[')).error().code, ErrorCode::too_large);
  std::string objects;
  for (int i = 0; i < 1000; ++i) objects += "{\"a\":";
  EXPECT_EQ(Document::parse(objects).error().code, ErrorCode::too_large);
}

TEST(Json, DumpsWhatItRead) {
  const std::string text = R"({"a":[1,2.50,"x\"y",null,true,{}],"é":123456789012345678901})";
  EXPECT_EQ(parsed(text).root().dump(), text);
}

TEST(Json, StaysValidWhenItsDocumentMoves) {
  auto first = parsed(R"({"a":"value"})");
  const View view = first.root()["a"];
  const Document second = std::move(first);
  EXPECT_EQ(view.string(), "value");
}

TEST(JsonPointer, EscapesItsTokens) { EXPECT_EQ(pointer_token("a/b~c"), "a~1b~0c"); }

}  // namespace
}  // namespace moisson::json
