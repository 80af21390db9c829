#include "web/typography.h"
#include "web/renderer.h"

#include <gtest/gtest.h>

namespace moisson::web {
namespace {

const Words& in(std::string_view language) {
  static const Renderer renderer = std::move(Renderer::load()).value();
  return renderer.table().in(language);
}

TEST(Typography, SetsFrenchSpaces) {
  struct Case {
    std::string_view plain, set;
  };
  const Case cases[] = {{"Quoi ?", "Quoi\u202F?"},
                        {"Non !", "Non\u202F!"},
                        {"un ; deux", "un\u202F; deux"},
                        {"20 %", "20\u202F%"},
                        {"Thème : eau", "Thème\u00A0: eau"},
                        {"« eau »", "«\u202Feau\u202F»"},
                        {"« <a href=\"?q=a : b\">eau</a> » ?", "«\u202F<a href=\"?q=a : b\">eau</a>\u202F»\u202F?"},
                        {"{{#A}} : {{A ? }}", "{{#A}}\u00A0: {{A ? }}"},
                        {"https://a.fr/?q=1", "https://a.fr/?q=1"},
                        {"a < b : c", "a < b\u00A0: c"},
                        {"«", "«"},
                        {"", ""}};
  for (const Case& c : cases) EXPECT_EQ(french(c.plain), c.set) << c.plain;
}

TEST(Typography, KeepsAPublishersWords) {
  struct Case {
    std::string_view stated, seen;
  };
  const Case cases[] = {
      {"Qualité de l'eau", "Qualité de l’eau"}, {"d'état", "d’état"}, {"RISQUE - Zones", "RISQUE – Zones"},
      {"Saint-Denis", "Saint-Denis"},           {"5' 30", "5' 30"},   {"'cité'", "'cité’"},
      {"données : eau", "données : eau"}};
  for (const Case& c : cases) EXPECT_EQ(shown(c.stated), c.seen);
}

TEST(Typography, GroupsFigures) {
  struct Case {
    std::uint64_t n;
    std::string_view fr, en;
  };
  const Case cases[] = {{0, "0", "0"},
                        {999, "999", "999"},
                        {1000, "1\u202F000", "1,000"},
                        {80595, "80\u202F595", "80,595"},
                        {1234567, "1\u202F234\u202F567", "1,234,567"}};
  for (const Case& c : cases) {
    EXPECT_EQ(number(in("fr"), c.n), c.fr);
    EXPECT_EQ(number(in("en"), c.n), c.en);
  }
}

TEST(Typography, WritesSizes) {
  struct Case {
    std::uint64_t n;
    std::string_view fr, en;
  };
  const Case cases[] = {{0, "0\u00A0octet", "0\u00A0bytes"},          {1, "1\u00A0octet", "1\u00A0byte"},
                        {999, "999\u00A0octets", "999\u00A0bytes"},   {1000, "1\u00A0ko", "1\u00A0kB"},
                        {38'400, "38\u00A0ko", "38\u00A0kB"},         {999'700, "1\u00A0Mo", "1\u00A0MB"},
                        {14'200'000, "14,2\u00A0Mo", "14.2\u00A0MB"}, {204'000'000, "204\u00A0Mo", "204\u00A0MB"},
                        {5'000'000'000, "5\u00A0Go", "5\u00A0GB"}};
  for (const Case& c : cases) {
    EXPECT_EQ(bytes(in("fr"), c.n), c.fr);
    EXPECT_EQ(bytes(in("en"), c.n), c.en);
  }
}

TEST(Typography, WritesCoordinates) {
  EXPECT_EQ(latitude(in("fr"), 48.853), "48,85°\u00A0N");
  EXPECT_EQ(latitude(in("fr"), -21.1), "21,10°\u00A0S");
  EXPECT_EQ(longitude(in("fr"), -1.55), "1,55°\u00A0O");
  EXPECT_EQ(longitude(in("en"), -1.55), "1.55°\u00A0W");
}

TEST(Typography, LowersTheFirstLetter) {
  EXPECT_EQ(lower_first("Réussi"), "réussi");
  EXPECT_EQ(lower_first("Échec"), "échec");
  EXPECT_EQ(lower_first(""), "");
}

}  // namespace
}  // namespace moisson::web
