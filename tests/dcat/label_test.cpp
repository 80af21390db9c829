#include "dcat/vocabulary.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

TEST(Label, SpeaksTheReadersLanguage) {
  EXPECT_EQ(label("theme", "ENVI", "fr"), "Environnement");
  EXPECT_EQ(label("theme", "ENVI", "en"), "Environment");
  EXPECT_EQ(label("theme", "ENVI", "de"), "Environment");
  EXPECT_EQ(label("format_family", "tabular", "fr"), "Tableau");
  EXPECT_EQ(label("frequency", "daily", "fr"), "Quotidienne");
  EXPECT_EQ(label("language", "fr", "fr"), "français");
  EXPECT_EQ(label("type", "series", "en"), "Series");
  EXPECT_EQ(label("open", "yes", "fr"), "Ouverte");
  EXPECT_EQ(label("format", "geojson", "fr"), "GeoJSON");
  EXPECT_EQ(label("licence", "lov2", "fr"), "Licence Ouverte 2.0");
}

TEST(Label, GivesTheKeyWhereThereAreNoWords) {
  EXPECT_EQ(label("theme", "XXXX", "fr"), "XXXX");
  EXPECT_EQ(label("publisher", "Ville de Paris", "fr"), "Ville de Paris");
  EXPECT_EQ(label("language", "tlh", "fr"), "tlh");
}

}  // namespace
}  // namespace moisson::dcat
