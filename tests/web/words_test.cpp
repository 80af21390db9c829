#include "web/words.h"
#include "web/renderer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace moisson::web {
namespace {

const WordTable& table() {
  static const Renderer renderer = std::move(Renderer::load()).value();
  return renderer.table();
}

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(WordTable, HasFrenchAndEnglish) {
  ASSERT_EQ(table().languages().size(), 2u);
  EXPECT_EQ(table().in("fr")("nav.sources"), "Portails");
  EXPECT_EQ(table().in("en")("nav.sources"), "Portals");
}

TEST(WordTable, GivesTheFirstLanguageForOneThatItDoesNotHave) { EXPECT_EQ(table().in("de").language(), "fr"); }

TEST(WordTable, RefusesARowWithoutACellForEachLanguage) {
  const auto read = WordTable::read("key\tfr\ten\nmeta.code\tfr\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "strings.tsv:2");
}

TEST(WordTable, RefusesAKeyThatStandsTwice) { EXPECT_FALSE(WordTable::read("key\tfr\na\tb\na\tc\n")); }

TEST(WordTable, TakesAThirdLanguageByItsColumn) {
  const auto read = WordTable::read(
      "key\tfr\tde\nmeta.code\tfr\tde\nmeta.plural\tone_is_up_to_one\tone_is_one\nmeta.typography\tfrench\tplain\n"
      "number.thousands\t.\t.\nday.one\t{n} jour\t{n} Tag\nday.other\t{n} jours\t{n} Tage\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->in("de").plural("day", 0), "0 Tage");
  EXPECT_EQ(read->in("fr").plural("day", 0), "0 jour");
}

TEST(Words, ChoosePluralsByTheLanguage) {
  struct Case {
    std::uint64_t n;
    std::string_view fr, en;
  };
  const Case cases[] = {{0, "0 jeu de données", "0 data sets"},
                        {1, "1 jeu de données", "1 data set"},
                        {2, "2 jeux de données", "2 data sets"},
                        {1066, "1\u202F066 jeux de données", "1,066 data sets"}};
  for (const Case& c : cases) {
    EXPECT_EQ(table().in("fr").plural("results.count", c.n), c.fr);
    EXPECT_EQ(table().in("en").plural("results.count", c.n), c.en);
  }
}

TEST(Words, FillNamesAndLeaveOutUnknownOnes) {
  EXPECT_EQ(table().in("en").fill("chip.value", {{"field", "Theme"}, {"value", "{value}"}}), "Theme: {value}");
}

TEST(Words, EveryPluralHasBothForms) {
  const std::string tsv = content(std::string(MOISSON_SOURCE_DIR) + "/src/web/strings.tsv");
  const std::regex one(R"((^|\n)([a-z_.0-9]+)\.one\t)");
  for (std::sregex_iterator it(tsv.begin(), tsv.end(), one), end; it != end; ++it)
    EXPECT_TRUE(table().in("fr").has((*it)[2].str() + ".other")) << (*it)[2];
}

// A key that is written out in the code must be in the table: a missing one would be shown to readers as it is.
TEST(Words, EveryKeyInTheCodeIsInTheTable) {
  const std::regex key(R"re(words(?:\(\))?(\.fill|\.plural|)\("([a-z_.0-9-]+[a-z0-9])")re");
  std::size_t found = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(MOISSON_SOURCE_DIR) + "/src/web")) {
    if (file.path().extension() != ".cpp") continue;
    const std::string code = content(file.path());
    for (std::sregex_iterator it(code.begin(), code.end(), key), end; it != end; ++it, ++found) {
      const std::string name = (*it)[2].str() + ((*it)[1] == ".plural" ? ".other" : "");
      EXPECT_TRUE(table().in("en").has(name)) << name << " in " << file.path().filename();
    }
  }
  EXPECT_GT(found, 60u);
}

TEST(Renderer, RefusesNothingOfItsOwnTemplates) { EXPECT_TRUE(Renderer::load()); }

TEST(Renderer, PutsStringsAndPartsIntoEachTemplate) {
  const auto text = composed("home.html", table().in("fr"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find("[["), std::string::npos);
  EXPECT_TRUE(text->starts_with("{{%AUTOESCAPE context=\"HTML\"}}<!DOCTYPE html>"));
}

TEST(Renderer, SaysWhichTemplateIsMissing) {
  EXPECT_EQ(composed("nowhere.html", table().in("fr")).error().where, "nowhere.html");
}

}  // namespace
}  // namespace moisson::web
