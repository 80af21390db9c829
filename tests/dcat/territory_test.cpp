#include "dcat/territory.h"

#include "dcat/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

using testing::Contains;
using testing::ElementsAre;

std::vector<std::string> keys(const std::vector<const Territory*>& territories) {
  std::vector<std::string> all;
  for (const auto* each : territories) all.push_back(each->key);
  return all;
}
std::vector<std::string> of_iri(std::string iri) { return keys(territories_of({.iri = std::move(iri)})); }
std::vector<std::string> of_label(std::string label, const char* near = nullptr) {
  return keys(territories_of({.label = {{std::move(label), "fr"}}}, near == nullptr ? nullptr : territory(near)));
}

TEST(Territory, LiesWithinEpciDepartementRegionCountryAndContinent) {
  const auto* marseille = territory("fr:commune:13055");
  ASSERT_NE(marseille, nullptr);
  EXPECT_THAT(keys(containing(*marseille)),
              ElementsAre("fr:epci:200054807", "fr:departement:13", "fr:region:93", "country-subset:fr:metro",
                          "country:fr", "country-group:europe", "country-group:ue"));
  EXPECT_TRUE(lies_within(*marseille, *territory("country:fr")));
  EXPECT_FALSE(lies_within(*territory("country:fr"), *marseille));
  EXPECT_THAT(keys(containing(*territory("fr:commune:75101"))), Contains("fr:commune:75056"));
  EXPECT_THAT(keys(containing(*territory("fr:region:42"))), Contains("fr:region:44"));
}

TEST(Territory, OfACommuneThatJoinedAnotherIsTheCommuneOfToday) {
  EXPECT_EQ(territory("fr:commune:01039")->key, "fr:commune:01138");
  EXPECT_EQ(territory("fr:commune:13055@1942-01-01")->key, "fr:commune:13055");
  EXPECT_EQ(territory("fr/region/93")->key, "fr:region:93");
  EXPECT_EQ(territory("fr:commune:99999"), nullptr);
}

TEST(Territory, IsReadFromTheAddressesOfEveryRegister) {
  const std::pair<const char*, const char*> rows[] = {
      {"http://publications.europa.eu/resource/authority/country/FRA", "country:fr"},
      {"http://publications.europa.eu/mdr/authority/country/ZWE", "country:zw"},
      {"http://publications.europa.eu/resource/authority/continent/EUROPE", "country-group:europe"},
      {"http://publications.europa.eu/resource/authority/place/ITA_BZO", "country:it"},
      {"http://data.europa.eu/nuts/code/FRL04", "fr:departement:13"},
      {"http://data.europa.eu/nuts/code/FRL", "fr:region:93"},
      {"http://nuts.geovocab.org/id/FRF1", "fr:region:42"},
      {"http://data.europa.eu/nuts/code/ITC4C", "country:it"},
      {"https://sws.geonames.org/2802361/", "country:be"},
      {"https://www.geonames.org/390903", "country:gr"},
      {"https://www.geonames.org/6695072/european-union.html", "country-group:ue"},
      {"http://www.wikidata.org/entity/Q142", "country:fr"},
      {"https://www.wikidata.org/wiki/Q3240", "fr:departement:13"},
      {"http://id.insee.fr/geo/departement/13", "fr:departement:13"},
      {"http://rdf.insee.fr/geo/commune/13055", "fr:commune:13055"},
      {"http://id.insee.fr/geo/commune/75056/2021-01-01", "fr:commune:75056"},
      {"https://www.data.gouv.fr/api/1/spatial/zone/fr:epci:243500139/", "fr:epci:243500139"},
      {"fr:region:53", "fr:region:53"},
      {"country:fr", "country:fr"},
  };
  for (const auto& [iri, key] : rows) EXPECT_THAT(of_iri(iri), ElementsAre(key)) << iri;
  for (const char* iri : {"https://example.org/place/1", "http://data.europa.eu/nuts/code/nowhere", "",
                          "http://www.wikidata.org/entity/Q1"})
    EXPECT_THAT(of_iri(iri), ElementsAre()) << iri;
}

TEST(Territory, IsReadFromWords) {
  const std::pair<const char*, const char*> rows[] = {
      {"Bouches-du-Rhône", "fr:departement:13"},
      {"Bouches-du-Rhône (13)", "fr:departement:13"},
      {"BOUCHES DU RHONE", "fr:departement:13"},
      {"Région Bretagne", "fr:region:53"},
      {"Île-de-France", "fr:region:11"},
      {"PACA", "fr:region:93"},
      {"Alsace", "fr:region:42"},
      {"Saint-Denis (93)", "fr:commune:93066"},
      {"Saint-Denis (La Réunion)", "fr:commune:97411"},
      {"Le Havre", "fr:commune:76351"},
      {"commune du Havre", "fr:commune:76351"},
      {"La Rochelle", "fr:commune:17300"},
      {"Paris", "fr:departement:75"},
      {"Brest Métropole", "fr:epci:242900314"},
      {"Métropole de Lyon", "fr:epci:200046977"},
      {"France", "country:fr"},
      {"FR", "country:fr"},
      {"France métropolitaine", "country-subset:fr:metro"},
      {"Union Européenne", "country-group:ue"},
      {"Monde", "country-group:world"},
      {"Deutschland", "country:de"},
      {"Lyon, Auvergne-Rhône-Alpes, France", "fr:commune:69123"},
      {"fr:departement:35", "fr:departement:35"},
  };
  for (const auto& [words, key] : rows) EXPECT_THAT(of_label(words), ElementsAre(key)) << words;
  EXPECT_THAT(of_label("Finistère;Morbihan"), ElementsAre("fr:departement:29", "fr:departement:56"));
  // Namesakes of like size are nobody's, unless something else tells.
  EXPECT_THAT(of_label("Saint-Denis"), ElementsAre());
  EXPECT_THAT(of_label("Saint-Denis", "fr:region:11"), ElementsAre("fr:commune:93066"));
  EXPECT_THAT(of_label("Parc naturel régional du Luberon"), ElementsAre());
  EXPECT_THAT(of_label(""), ElementsAre());
  EXPECT_THAT(of_label(std::string(100'000, ',')), ElementsAre());
}

TEST(Territory, IsReadFromABoxThatIsNearlyACountrys) {
  const auto of_box = [](BoundingBox box) { return keys(territories_of({.bbox = box})); };
  EXPECT_THAT(of_box({2.5, 49.5, 6.4, 51.5}), ElementsAre("country:be"));
  EXPECT_THAT(of_box({-5.1, 41.3, 9.6, 51.1}), ElementsAre("country-subset:fr:metro"));
  EXPECT_THAT(of_box({5.2, 43.2, 5.5, 43.4}), ElementsAre());
  EXPECT_THAT(of_box({0, 0, 0, 0}), ElementsAre());
}

TEST(Territory, HasItsNameAsLabel) {
  EXPECT_EQ(label("territory", "fr:departement:13", "fr"), "Bouches-du-Rhône");
  EXPECT_EQ(label("territory", "country:de", "en"), "Germany");
  EXPECT_EQ(label("territory", "country:de", "fr"), "Allemagne");
  EXPECT_EQ(label("territory", "fr:moon:1", "fr"), "fr:moon:1");
}

}  // namespace
}  // namespace moisson::dcat
