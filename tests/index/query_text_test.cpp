#include "index/query_text.h"

#include "core/text.h"

#include <gtest/gtest.h>

#include <string>

namespace moisson::index {
namespace {

struct Case {
  std::string_view typed, printed;
};

TEST(QueryText, IsUnderstoodAsItsTableSays) {
  const Case cases[] = {
      {"", ""},
      {"eau potable", "eau potable"},
      {"l'eau potable", "eau potable"},
      {"ÉLECTIONS", "elections"},
      {"\"qualité de l'eau\"", "+\"qualite de eau\""},
      {"eau -tabac", "eau -tabac"},
      {"-\"eau de mer\"", "-\"eau de mer\""},
      {"format:csv eau", "eau +format=csv"},
      {"theme:envi", "+theme=ENVI"},
      {"publisher:\"Ville de Paris\"", "+publisher=ville-de-paris"},
      {"title:eau", "+title=\"eau\""},
      {"format:csv OR format:json", "+(format=csv | format=json)"},
      {"eau OR air", "(eau | air)"},
      {"eau OR \"air pur\"", "+(eau | \"air pur\")"},
      {"covid-19", "covid 19"},
      {"a - b", "a b"},
      {"AND OR", "and"},
      {"OR", ""},
      {"OR OR OR eau OR", "eau"},
      {"\"", ""},
      {"\"eau", "eau"},
      {"((eau]] {", "eau"},
      {"https://example.org/a", "https example org a"},
      {"note:eau", "note eau"},
      {"format:", "format"},
      {"--eau", "eau"},
  };
  for (const auto& each : cases) EXPECT_EQ(to_string(parse_query_text(each.typed)), each.printed) << each.typed;
}

TEST(QueryText, ReadsAThousandCharactersAndSixtyFourWordsAtMost) {
  std::string words;
  for (int i = 0; i < 200; ++i) words += "w" + std::to_string(i) + " ";
  EXPECT_EQ(parse_query_text(words).wanted.size(), most_query_terms);
  std::string longer(most_query_characters, 'x');
  EXPECT_TRUE(parse_query_text(std::string(most_query_characters, ' ') + "eau").empty());
  EXPECT_FALSE(parse_query_text(longer + " eau").empty());
}

TEST(QueryText, TakesAnyBytes) {
  std::uint32_t state = 7;
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes;
    for (int i = 0; i < 60; ++i) {
      state = state * 1664525 + 1013904223;
      bytes += "\"-:()OR eaé\xff\xc3[]\n\t*^~"[(state >> 16) % 24];
    }
    EXPECT_TRUE(is_utf8(to_string(parse_query_text(bytes))));
  }
}

}  // namespace
}  // namespace moisson::index
