#include "core/json.h"
#include "dcat/vocabulary.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

std::string_view key(const Concept& stated) {
  const Term* found = theme(stated);
  return found == nullptr ? "" : found->key;
}

TEST(Theme, KnowsIris) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"http://publications.europa.eu/resource/authority/data-theme/ENVI", "ENVI"},
      {"http://inspire.ec.europa.eu/theme/hy", "ENVI"},
      {"https://inspire.ec.europa.eu/theme/tn", "TRAN"},
      {"http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/farming", "AGRI"},
      {"http://eurovoc.europa.eu/100154", "TRAN"},
      {"https://portal.example.org/group/environnement", "ENVI"},
      {"http://eurovoc.europa.eu/4711", ""},
      {"http://example.org/hy", ""},
  };
  for (const auto& [iri, expected] : cases) EXPECT_EQ(key(Concept{.iri = std::string(iri)}), expected) << iri;
}

TEST(Theme, KnowsLabels) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Environnement", "ENVI"},
      {"ENVI", "ENVI"},
      {"environment", "ENVI"},
      {"Énergie", "ENER"},
      {"Umwelt", "ENVI"},
      {"Sites protégés", "ENVI"},
      {"Agriculture, pêche, sylviculture et alimentation", "AGRI"},
      {"Environnement > Eau", "ENVI"},
      {"Transports et mobilités", "TRAN"},
      {"Mobilité", "TRAN"},
      {"Regions and cities", "REGI"},
      {"urbanisme", "REGI"},
      {"Santé", "HEAL"},
      {"Divers", ""},
      {"", ""},
      {">>>", ""},
  };
  for (const auto& [label, expected] : cases)
    EXPECT_EQ(key(Concept{.label = {{std::string(label), "fr"}}}), expected) << label;
}

TEST(Theme, HasTheThirteenOfTheUnionEachFoundByItsLabels) {
  EXPECT_EQ(all_themes().size(), 13u);
  for (const auto& row : all_themes()) {
    EXPECT_EQ(key(Concept{.iri = theme_iri(row.key)}), row.key);
    for (const auto word : {row.label_fr, row.label_en})
      EXPECT_EQ(key(Concept{.label = {{std::string(word), ""}}}), row.key) << word;
  }
}

}  // namespace
}  // namespace moisson::dcat
