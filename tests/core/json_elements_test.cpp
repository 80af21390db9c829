#include "core/json.h"
#include "core/json_element_stream.h"

#include <gtest/gtest.h>

#include <chrono>

namespace moisson::json {
namespace {

std::vector<std::string> found(std::string_view text, std::string_view pointer) {
  const auto list = elements(text, pointer);
  EXPECT_TRUE(list) << to_string(list.error());
  std::vector<std::string> bytes;
  if (!list) return bytes;
  EXPECT_FALSE(list->broken) << to_string(*list->broken);
  for (const auto& element : list->elements) {
    EXPECT_EQ(element.index, bytes.size());
    EXPECT_EQ(text.substr(element.offset, element.bytes.size()), element.bytes);
    bytes.emplace_back(element.bytes);
  }
  return bytes;
}

using Bytes = std::vector<std::string>;

TEST(JsonElements, NamesTheCapOnElements) {
  std::string many = "[0";
  for (std::size_t i = 0; i < max_elements; ++i) many += ",0";
  const auto list = elements(many + "]", "");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->elements.size(), max_elements);
  ASSERT_TRUE(list->broken);
  EXPECT_EQ(list->broken->code, ErrorCode::too_large);
}

TEST(JsonElements, CutsAnArrayIntoItsElements) {
  EXPECT_EQ(found(R"({"help":"[\"]","result":{"count":3,"results":[{"a":[1,{}]}, "x,]" ,3 , [ ]]},"z":1})",
                  "/result/results"),
            (Bytes{R"({"a":[1,{}]})", R"("x,]")", "3", "[ ]"}));
  EXPECT_EQ(found("[1,2]", ""), (Bytes{"1", "2"}));
  EXPECT_EQ(found(" [ ] ", ""), Bytes{});
  EXPECT_EQ(found("\xEF\xBB\xBF[\n1\n]", ""), Bytes{"1"});
  EXPECT_EQ(found(R"({"a/b":{"c~d":[1]}})", "/a~1b/c~0d"), Bytes{"1"});
  EXPECT_EQ(found(R"([[0],[1,2]])", "/1"), (Bytes{"1", "2"}));
  EXPECT_EQ(found(R"({"caf\u00e9":[1]})", "/café"), Bytes{"1"});
}

TEST(JsonElements, IsNotFooledByQuotesAndSlashes) {
  EXPECT_EQ(found(R"(["a\"]","b\\","c\\\"",{"k\"]":"\\"}])", ""),
            (Bytes{R"("a\"]")", R"("b\\")", R"("c\\\"")", R"({"k\"]":"\\"})"}));
}

TEST(JsonElements, LeavesOneMalformedElementAloneWithItsFault) {
  const auto bytes =
      found("[{\"a\":1},{\"a\":tru},{\"a\":\"\x01\"},{\"a\":\"caf\xe9\"},{\"a\" 1},{,},01,{\"a\":5}]", "");
  ASSERT_EQ(bytes.size(), 8u);
  const bool good[] = {true, false, false, false, false, false, false, true};
  for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_EQ(Document::parse(bytes[i]).has_value(), good[i]) << bytes[i];
}

TEST(JsonElements, KeepsWhatCameBeforeACut) {
  const auto list = elements("{\"r\":[{\"a\":1},\n{\"b\":2},{\"c\":", "/r");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->elements.size(), 2u);
  ASSERT_TRUE(list->broken);
  EXPECT_EQ(list->broken->code, ErrorCode::invalid_input);
  EXPECT_EQ(list->broken->where, "2:14");
}

TEST(JsonElements, TellsBracketsThatDisagree) {
  const auto list = elements("[{\"a\":1},{\"b\":[2}},{\"c\":3}]", "");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->elements.size(), 1u);
  ASSERT_TRUE(list->broken);
  EXPECT_EQ(list->broken->where, "1:17");
  EXPECT_TRUE(elements("[1,2}", "")->broken);
  EXPECT_TRUE(elements("[1,", "")->broken);
  EXPECT_TRUE(elements("[\"a", "")->broken);
}

TEST(JsonElements, TellsWhenThereIsNoArray) {
  EXPECT_EQ(elements(R"({"result":null})", "/result").error().code, ErrorCode::not_found);
  EXPECT_EQ(elements(R"({"other":[]})", "/result").error().code, ErrorCode::not_found);
  EXPECT_EQ(elements(R"({"result":{"results")", "/result/results").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(elements("", "").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(elements("<html>", "/result").error().code, ErrorCode::not_found);
  EXPECT_EQ(elements("[1]", "/4").error().code, ErrorCode::not_found);
}

TEST(JsonElements, StaysLinearOnHostileText) {
  const auto begin = std::chrono::steady_clock::now();
  std::string slashes = "[\"" + std::string(4'000'000, '\\');
  EXPECT_TRUE(elements(slashes, "")->broken);
  std::string quotes = "[\"";
  for (int i = 0; i < 1'000'000; ++i) quotes += "\\\"";
  EXPECT_TRUE(elements(quotes, "")->broken);
  EXPECT_TRUE(elements(std::string(4'000'000, '['), "")->broken);
  EXPECT_TRUE(elements("[" + std::string(4'000'000, '{'), "")->broken);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

struct Streamed {
  std::vector<std::string> elements;  // array:index@offset bytes
  std::string envelope;
  std::string error;
  bool operator==(const Streamed&) const = default;
};

Streamed streamed(std::string_view text, std::size_t piece,
                  std::vector<std::string> pointers = {"/dataset", "/service"}) {
  Streamed out;
  ElementStream stream(std::move(pointers), {20, 200}, [&](const StreamedElement& element) -> Result<void> {
    out.elements.push_back(std::to_string(element.array) + ":" + std::to_string(element.index) + "@" +
                           std::to_string(element.offset) + (element.whole ? " " : " cut ") +
                           std::string(element.bytes));
    return {};
  });
  Result<void> read;
  // Each piece is a string of its own: a view kept beyond its call would show.
  for (std::size_t at = 0; at < text.size() && read; at += piece)
    read = stream.feed(std::string(text.substr(at, piece)));
  if (read) read = stream.finish();
  out.envelope = stream.envelope();
  if (!read) out.error = to_string(read.error());
  return out;
}

TEST(JsonElementStream, GivesTheSameWhereverTheTextIsCut) {
  const std::string_view texts[] = {
      "\xEF\xBB\xBF {\"title\": \"a\\\\\\\"[\", \"dataset\" : [ {\"a\":\"\\\\\"} , \"\\\"]\\\\\" ,3 ], "
      "\"service\":[{\"k\":[1,{}]}],"
      "\"x\":{\"dataset\":[9]},\"n\":[1,[2]], \"dataset\":[4] } ",
      R"({"dataset":[{"long":"123456789012345678901234567890"},{"a":1}],"service":null})",
      R"({"dataset":[{"a":1},{"b":[2}},{"c":3}]})",
      R"({"dataset":[{"a":1},{"b":)",
      R"([1,2])",
      R"("x")",
      R"({"dataset":[1},"x":2})",
  };
  for (const auto text : texts) {
    const auto whole = streamed(text, text.size());
    for (std::size_t piece = 1; piece < text.size(); ++piece) {
      const auto cut = streamed(text, piece);
      EXPECT_EQ(cut.elements, whole.elements) << text << " in pieces of " << piece;
      EXPECT_EQ(cut.envelope, whole.envelope) << text << " in pieces of " << piece;
      EXPECT_EQ(cut.error, whole.error) << text << " in pieces of " << piece;
    }
  }
}

TEST(JsonElementStream, TakesTheArraysAskedForAndKeepsWhatStandsAroundThem) {
  const auto got =
      streamed(R"({"title":"T","dataset":[{"a":1}, 2],"page":{"dataset":[7]},"service":["s"],"next":[1]})", 7);
  EXPECT_EQ(got.elements, (Bytes{"0:0@24 {\"a\":1}", "0:1@33 2", "1:0@70 \"s\""}));
  EXPECT_EQ(got.envelope, R"({"title":"T","dataset":[],"page":{"dataset":[7]},"service":[],"next":[1]})");
  EXPECT_EQ(got.error, "");
}

TEST(JsonElementStream, HandsOverTheBeginningOfAnElementBeyondTheCap) {
  const auto got = streamed(R"({"dataset":["123456789012345678901234567890","b"]})", 5);
  EXPECT_EQ(got.elements, (Bytes{"0:0@12 cut \"1234567890123456789", "0:1@45 \"b\""}));
}

}  // namespace
}  // namespace moisson::json
