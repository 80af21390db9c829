#include "core/text.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

std::string joined(std::string_view text) {
  std::string line;
  for (const auto& word : words(text)) line += (line.empty() ? "" : "|") + word.folded;
  return line;
}

TEST(Words, SplitsAsPeopleSearch) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Qualité de l'eau potable", "qualite|de|eau|potable"},
      {"L’Île-de-France d’aujourd’hui", "ile|de|france|aujourd'hui"},
      {"aujourd'hui", "aujourd'hui"},
      {"Lorsqu'il puisqu'elle qu'on s'en n'a j'ai c'est m'a t'a", "il|elle|on|en|a|ai|est|a|a"},
      {"dell'acqua nell'aria", "acqua|aria"},
      {"O'Brien rock'n'roll", "o|brien|rock|roll"},
      {"l' eau", "l|eau"},
      {"d'", "d"},
      {"COVID-19, PM2.5 m² 1 000 €", "covid|19|pm2|5|m2|1|000"},
      {"CO₂", "co2"},
      {"plan_local_d'urbanisme", "plan|local|urbanisme"},
      {"e\xCC\x81te\xCC\x81", "ete"},
      {"Москва 東京", "москва|東京"},
      {"", ""},
      {" ,;'’ ", ""},
      {"caf\xe9"
       "bar",
       "caf|bar"},
      {"l`eau l´air", "eau|air"},
      {"quelqu'un d'autre", "un|autre"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(joined(text), expected) << text;
}

TEST(Words, TellsWhereEachStood) {
  const std::string_view text = "À l’Été d’Œuvres";
  for (const auto& word : words(text)) EXPECT_EQ(fold(text.substr(word.begin, word.end - word.begin)), word.folded);
  const auto found = words(text);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "Été");
}

TEST(Words, AreCapped) {
  const auto one = words(std::string(1000, 'x'));
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].folded.size(), 64u);
  EXPECT_EQ(one[0].end, 1000u);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a ";
  EXPECT_EQ(words(many, 10).size(), 10u);
}

}  // namespace
}  // namespace moisson
