#include "index/synonyms.h"

#include "index/names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace moisson::index {
namespace {

std::vector<std::string> others(const Synonyms& synonyms, const std::vector<std::string>& content) {
  std::vector<std::string> found;
  for (const auto& match : synonyms.find(content))
    for (std::size_t i = 0; i < match.group->size(); ++i)
      if (i != match.said) found.emplace_back((*match.group)[i].spelled);
  return found;
}

TEST(Synonyms, GiveTheOtherTermsOfARow) {
  const Synonyms synonyms(
      "# comment\n"
      "rna;répertoire national des associations\tacronym\tx\n"
      "rna;acide ribonucléique\tacronym\tx\n"
      "école;établissement scolaire\teveryday\tx\n"
      "seul\teveryday\tx\n");
  EXPECT_EQ(synonyms.groups().size(), 3U);
  EXPECT_EQ(others(synonyms, {"rna"}),
            (std::vector<std::string>{"répertoire national des associations", "acide ribonucléique"}));
  EXPECT_EQ(others(synonyms, {"repertoire", "national", "associations"}), (std::vector<std::string>{"rna"}));
  EXPECT_EQ(others(synonyms, {"repertoire", "national"}), std::vector<std::string>{});
  EXPECT_EQ(others(synonyms, {"liste", "ecoles"}), (std::vector<std::string>{"établissement scolaire"}));
  EXPECT_EQ(others(synonyms, {}), std::vector<std::string>{});
}

TEST(Synonyms, OfTheShippedTableAreManyAndWhole) {
  const auto& shipped = Synonyms::shipped();
  EXPECT_GE(shipped.groups().size(), 150U);
  for (const auto& group : shipped.groups()) {
    EXPECT_GE(group.size(), 2U);
    std::set<std::string> keys;
    for (const auto& term : group) EXPECT_TRUE(keys.insert(name_key(term.words)).second) << term.spelled;
  }
}

TEST(Synonyms, KnowPublicBodiesByTheirAcronyms) {
  const auto found = others(Synonyms::shipped(), {"ign"});
  EXPECT_FALSE(found.empty());
}

TEST(Names, AreWhatARecordIsCalled) {
  struct Case {
    std::string title;
    std::vector<std::string> keys;
  };
  const Case cases[] = {
      {"RPG", {"rpg"}},
      {"Code Officiel Géographique (COG)", {"code officiel geographique cog", "cog", "code officiel geographique"}},
      {"Open Food Facts - Produits alimentaires", {"open food fact produit alimentaire", "open food fact"}},
      {"Budget 2024", {"budget 2024", "budget"}},
      {"Communes : liste", {"commune liste", "commune"}},
      {"", {}},
      {"Les", {"les"}},
  };
  for (const auto& each : cases) EXPECT_EQ(names({{each.title, "fr"}}, {}), each.keys) << each.title;
  EXPECT_EQ(names({{"Répertoire", "fr"}}, {{"RNA", ""}}), (std::vector<std::string>{"repertoire", "rna"}));
}

}  // namespace
}  // namespace moisson::index
