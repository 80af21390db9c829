#include "dcat/normalise.h"

#include "dcat/vocabulary.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

const NormaliseDefaults datasud{"datasud", "fr", "fr:region:93"};

Concept words(std::string text) { return {{}, {{std::move(text), ""}}, false}; }

Dataset normalised(Dataset dataset, const NormaliseDefaults& defaults = datasud) {
  Record record = std::move(dataset);
  normalise(record, defaults);
  return std::get<Dataset>(record);
}

TEST(Normalise, KeepsAStatedPlaceBesideItsTerritory) {
  Dataset dataset;
  dataset.spatial = {{.label = {{"Bouches-du-Rhône (13)", "fr"}}}};
  const auto made = normalised(dataset);
  ASSERT_EQ(made.spatial.size(), 1u);
  EXPECT_EQ(made.spatial[0].territory, std::vector<std::string>{"fr:departement:13"});
  EXPECT_EQ(made.spatial[0].label, dataset.spatial[0].label);
  EXPECT_FALSE(made.spatial[0].guessed);
}

TEST(Normalise, TakesThePublishersTerritoryElseTheSources) {
  Dataset dataset;
  dataset.publisher = {{.name = {{"Ville d'Antibes", "fr"}}}};
  auto made = normalised(dataset);
  ASSERT_EQ(made.spatial.size(), 1u);
  EXPECT_EQ(made.spatial[0].territory, std::vector<std::string>{"fr:commune:06004"});
  EXPECT_TRUE(made.spatial[0].guessed);
  dataset.publisher = {{.name = {{"Parc du Luberon", "fr"}}}};
  dataset.spatial = {{.bbox = BoundingBox{5.1, 43.7, 5.9, 44}}};
  made = normalised(dataset);
  ASSERT_EQ(made.spatial.size(), 2u);
  EXPECT_EQ(made.spatial[1].territory, std::vector<std::string>{"fr:region:93"});
  EXPECT_TRUE(made.spatial[1].guessed);
}

TEST(Normalise, DoesNotGuessAgainstAPlaceThatIsNamedButNotKnown) {
  Dataset dataset;
  dataset.spatial = {{.label = {{"Atlantis", "fr"}}}};
  const auto made = normalised(dataset);
  ASSERT_EQ(made.spatial.size(), 1u);
  EXPECT_TRUE(made.spatial[0].territory.empty());
}

TEST(Normalise, TakesARightThatNamesALicenceWhereNoneIsStated) {
  Dataset dataset;
  dataset.rights = {{"Quote the source", "en"}, {"Licence Ouverte Version 2.0", "fr"}};
  dataset.distribution.resize(1);
  dataset.distribution[0].rights = {{"License Not Specified", ""}};
  auto made = normalised(dataset);
  ASSERT_TRUE(made.licence);
  EXPECT_EQ(licence(*made.licence)->key, "lov2");
  EXPECT_TRUE(made.licence->guessed);
  EXPECT_EQ(made.rights, dataset.rights);
  EXPECT_FALSE(made.distribution[0].licence);
  dataset.licence = words("cc-by");
  EXPECT_EQ(licence(*normalised(dataset).licence)->key, "cc-by");
  // Terms at length are no licence by name.
  dataset.licence.reset();
  dataset.rights = {{std::string(500, 'x'), "en"}};
  EXPECT_FALSE(normalised(dataset).licence);
}

TEST(Normalise, GivesWordsTheAddressOfTheirTermAndSaysThatItDid) {
  Dataset dataset;
  dataset.theme = {words("Environnement")};
  dataset.frequency = words("quotidienne");
  dataset.access_rights = words("restricted public");
  dataset.licence = words("Open Data Commons Open Database License (ODbL)");
  dataset.distribution.resize(1);
  dataset.distribution[0].format = words("csv");
  const auto made = normalised(dataset);
  const auto base = std::string("http://publications.europa.eu/resource/authority/");
  EXPECT_EQ(made.theme[0], (Concept{base + "data-theme/ENVI", {{"Environnement", ""}}, true}));
  EXPECT_EQ(made.frequency->iri, base + "frequency/DAILY");
  EXPECT_EQ(made.access_rights->iri, base + "access-right/RESTRICTED");
  EXPECT_EQ(made.licence->iri, "http://opendatacommons.org/licenses/odbl/1-0/");
  EXPECT_EQ(made.distribution[0].format->iri, base + "file-type/CSV");
  for (const auto& term :
       {made.theme[0], *made.frequency, *made.access_rights, *made.licence, *made.distribution[0].format})
    EXPECT_TRUE(term.guessed);
}

TEST(Normalise, LeavesAStatedAddressAsItIs) {
  Dataset dataset;
  dataset.theme = {{"http://inspire.ec.europa.eu/theme/hy", {}, false}};
  dataset.frequency = Concept{"http://purl.org/cld/freq/daily", {}, false};
  const auto made = normalised(dataset);
  EXPECT_EQ(made.frequency, dataset.frequency);
  ASSERT_EQ(made.theme.size(), 2u);
  EXPECT_EQ(made.theme[0], dataset.theme[0]);
  EXPECT_EQ(made.theme[1], (Concept{theme_iri("ENVI"), {}, true}));
}

TEST(Normalise, FindsAThemeByKeywordsOnlyWhereNoneIsStated) {
  Dataset dataset;
  dataset.keyword = {{"bornes-de-recharge", "fr"}, {"transports", "fr"}, {"santé", "fr"}};
  EXPECT_EQ(normalised(dataset).theme.size(), 2u);
  dataset.theme = {words("Justice")};
  EXPECT_EQ(normalised(dataset).theme.size(), 1u);
}

TEST(Normalise, ReadsWordsThatSayNothingAsNothing) {
  Dataset dataset;
  dataset.licence = words("License Not Specified");
  dataset.distribution.resize(1);
  dataset.distribution[0].format = words("unknown");
  dataset.distribution[0].download_url = {{"https://example.org/lines.geojson"}};
  const auto made = normalised(dataset);
  EXPECT_FALSE(made.licence.has_value());
  ASSERT_TRUE(made.distribution[0].format.has_value());
  EXPECT_EQ(format(*made.distribution[0].format)->key, "geojson");
  EXPECT_TRUE(made.distribution[0].format->guessed);
}

TEST(Normalise, TellsTheLanguageByItsTagThenItsLettersThenTheSource) {
  Dataset dataset;
  dataset.title = {{"Messwerte der Luftqualität an den Stationen des Landes", ""}};
  dataset.description = {
      {"Stündliche Mittelwerte von Stickstoffdioxid und Feinstaub, gemessen an allen Stationen.", ""}};
  auto made = normalised(dataset);
  ASSERT_EQ(made.language.size(), 1u);
  EXPECT_EQ(main_language(Record(made)), "de");
  EXPECT_TRUE(made.language[0].guessed);
  EXPECT_EQ(made.title[0].language, "");

  dataset.title = {{"Budget 2024", ""}};
  dataset.description.clear();
  EXPECT_EQ(main_language(Record(normalised(dataset))), "fr");
  EXPECT_TRUE(normalised(dataset, {"x", "", ""}).language.empty());

  dataset.title = {{"Budget 2024", "en"}};
  EXPECT_TRUE(normalised(dataset).language.empty());
  dataset.language = {words("it")};
  EXPECT_EQ(normalised(dataset).language, dataset.language);
}

TEST(Normalise, OfANormalisedRecordChangesNothing) {
  Dataset dataset;
  dataset.title = {{"Arbres", ""}};
  dataset.theme = {words("Environnement > Eau")};
  dataset.publisher = {{.name = {{"DDT de l'Isère", "fr"}}}};
  dataset.distribution.resize(1);
  dataset.distribution[0].format = words("shp");
  const auto once = normalised(dataset);
  EXPECT_EQ(normalised(once), once);
}

}  // namespace
}  // namespace moisson::dcat
