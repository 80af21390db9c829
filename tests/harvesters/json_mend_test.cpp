#include "harvesters/json_mend.h"

#include <gtest/gtest.h>

namespace moisson::harvesters {
namespace {

TEST(ParseMended, ReadsWhatHasOneClearMeaningAndTellsIt) {
  struct Row {
    std::string_view bytes, title, cause;
  };
  const Row rows[] = {
      {R"({"title":"Arbres"})", "Arbres", ""},
      {"{\"title\":\"Caf\xe9s\"}", "Cafés", "encoding_wrong"},
      {"{\"title\":\"Deux\nlignes\"}", "Deux lignes", "control_characters"},
      {R"({"title":"l\udc92eau"})", "l’eau", "encoding_wrong"},
      {R"({"title":"\ud83d eau"})", "\uFFFD eau", "encoding_wrong"},
      {R"({"title":"\ud83c\udf33 \\ud83d"})", "🌳 \\ud83d", ""},
  };
  for (const Row& row : rows) {
    std::vector<dcat::Finding> findings;
    const auto parsed = parse_mended(row.bytes, findings);
    ASSERT_TRUE(parsed) << row.bytes;
    EXPECT_EQ(parsed->root()["title"].text(), row.title);
    EXPECT_EQ(findings.empty() ? "" : findings.front().cause, row.cause) << row.bytes;
  }
}

TEST(ParseMended, GivesTheErrorOfTheBytesAsTheyCame) {
  std::vector<dcat::Finding> findings;
  const auto parsed = parse_mended("{\"title\":\"\x01\",,}", findings);
  ASSERT_FALSE(parsed);
  EXPECT_TRUE(findings.empty());
}

}  // namespace
}  // namespace moisson::harvesters
