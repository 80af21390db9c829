#include <moisson/core/lang_string.h>

#include "core/language_name.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

TEST(LanguageTag, KnowsWhatPortalsWrite) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"FR", "fr"},
      {"fr", "fr"},
      {"fra", "fr"},
      {"fre", "fr"},
      {"fr_FR", "fr"},
      {"fr-FR", "fr"},
      {"fr_FR.UTF-8", "fr"},
      {"français", "fr"},
      {"Français", "fr"},
      {"FRANCAIS", "fr"},
      {"French", "fr"},
      {" fr ", "fr"},
      {"Français (France)", "fr"},
      {"http://publications.europa.eu/resource/authority/language/FRA", "fr"},
      {"http://id.loc.gov/vocabulary/iso639-1/en", "en"},
      {"http://lexvo.org/id/iso639-3/deu", "de"},
      {"pt-BR", "pt-BR"},
      {"pt_br", "pt-BR"},
      {"en-GB", "en-GB"},
      {"fr_CA", "fr-CA"},
      {"zh-Hant-TW", "zh"},
      {"ger", "de"},
      {"deu", "de"},
      {"Deutsch", "de"},
      {"ελληνικά", "el"},
      {"gsw", "gsw"},
      {"Occitan", "oc"},
      {"", ""},
      {"xx", ""},
      {"klingon", ""},
      {"http://example.org/", ""},
      {"und", ""},
      {"mul", ""},
  };
  for (const auto& [spelled, tag] : cases) EXPECT_EQ(language_tag(spelled), tag) << spelled;
  EXPECT_EQ(language_tag(std::string(100'000, 'f')), "");
}

TEST(LanguageTag, KnowsEveryOfficialLanguageOfTheUnion) {
  for (const auto* code : {"BUL", "CES", "DAN", "DEU", "ELL", "ENG", "EST", "FIN", "FRA", "GLE", "HRV", "HUN",
                           "ITA", "LAV", "LIT", "MLT", "NLD", "POL", "POR", "RON", "SLK", "SLV", "SPA", "SWE"})
    EXPECT_EQ(language_tag(std::string("http://publications.europa.eu/resource/authority/language/") + code).size(), 2u)
        << code;
}

TEST(LanguageName, SpeaksTheReadersLanguage) {
  EXPECT_EQ(language_name("fr", "fr"), "français");
  EXPECT_EQ(language_name("fr", "en"), "French");
  EXPECT_EQ(language_name("pt-BR", "fr-CA"), "portugais");
  EXPECT_EQ(language_name("xx", "fr"), "");
}

TEST(Best, ChoosesWhatAReaderUnderstands) {
  const LangStrings strings = {{"Bäume", "de"}, {"Arbres", "fr-FR"}, {"Trees", "en"}, {"untagged", ""}};
  EXPECT_EQ(best(strings, "en")->value, "Trees");
  EXPECT_EQ(best(strings, "en-GB")->value, "Trees");
  EXPECT_EQ(best(strings, "fr")->value, "Arbres");
  EXPECT_EQ(best(strings, "it")->value, "untagged");
  const LangStrings tagged = {{"Bäume", "de"}, {"Arbres", "fr"}};
  EXPECT_EQ(best(tagged, "it")->value, "Arbres");
  EXPECT_EQ(best(tagged, "it", "nl")->value, "Bäume");
  EXPECT_EQ(best({}, "fr"), nullptr);
}

}  // namespace
}  // namespace moisson
