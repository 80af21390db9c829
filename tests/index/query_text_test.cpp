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
      // elision, typographic apostrophes, hyphens and compounds, numbers, acronyms
      {"qualité de l’eau", "qualite de eau"},
      {"d'Île-de-France", "ile de france"},
      {"aujourd’hui", "aujourd'hui"},
      {"Saint-Étienne", "saint etienne"},
      {"S.I.R.E.N.E.", "sirene"},
      {"e.g", "eg"},
      {"PLU 2024", "plu 2024"},
      {"œuvres d’art", "oeuvres art"},
      // other names of fields
      {"producteur:\"Ville de Paris\"", "+publisher=ville-de-paris"},
      {"THÈME:envi", "+theme=ENVI"},
      {"titre:eau", "+title=\"eau\""},
      {"mot-clé:eau", "+keyword=eau"},
      // beginnings
      {"hydro*", "hydro*"},
      {"Élec* eau", "elec* eau"},
      {"hy*", "hy"},
      {"*", ""},
      {"-hydro*", "-hydro*"},
      {"hydro* OR format:csv", "+(hydro* | format=csv)"},
      // dates
      {"modified:2020..2023 eau", "eau +modified=2020-01-01T00:00:00Z..2023-12-31T23:59:59.999Z"},
      {"modifié:2020-05..", "+modified=2020-05-01T00:00:00Z.."},
      {"période:..1999", "+period=..1999-12-31T23:59:59.999Z"},
      {"period:2024", "+period=2024-01-01T00:00:00Z..2024-12-31T23:59:59.999Z"},
      {"modified:..", "modified"},
      {"modified:soon", "modified soon"},
      {"-modified:2020", "-modified -2020"},
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
  constexpr std::string_view choice = "\"-:()OR eaé\xff\xc3[]\n\t*^~";
  std::uint32_t state = 7;
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes;
    for (int i = 0; i < 60; ++i) {
      state = state * 1664525 + 1013904223;
      bytes += choice[(state >> 16) % choice.size()];
    }
    EXPECT_TRUE(is_utf8(to_string(parse_query_text(bytes))));
  }
}

}  // namespace
}  // namespace moisson::index
