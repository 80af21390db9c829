#include "dcat/publisher.h"

#include "dcat/territory.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

PublisherFacts named(std::string name, const char* near = nullptr) {
  return publisher({.name = {{std::move(name), "fr"}}}, "portal", near == nullptr ? nullptr : territory(near));
}

TEST(Publisher, IsKnownByTheTerritoryThatItAdministers) {
  const std::pair<const char*, const char*> rows[] = {
      {"Ville de Nantes", "fr-commune-44109"},
      {"Mairie de Nantes", "fr-commune-44109"},
      {"Ville du Havre", "fr-commune-76351"},
      {"VILLE D'ISSY-LES-MOULINEAUX", "fr-commune-92040"},
      {"Mairie de Saint-Denis (La Réunion)", "fr-commune-97411"},
      {"Département de la Seine-Maritime", "fr-departement-76"},
      {"Département des Côtes d'Armor", "fr-departement-22"},
      {"Le Conseil Départemental de la Mayenne", "fr-departement-53"},
      {"Conseil départemental de la Haute-Garonne - Haute-Garonne Open Data", "fr-departement-31"},
      {"Région Île-de-France", "fr-region-11"},
      {"Région des Pays de la Loire", "fr-region-52"},
      {"Région Occitanie / Pyrénées Méditerranée", "fr-region-76"},
      {"Région Sud", "fr-region-93"},
      {"Toulouse métropole", "fr-epci-243100518"},
      {"Communauté d'Agglomération Plaine Vallée", "fr-epci-200056380"},
      {"Rennes Métropole en accès libre", "fr-epci-243500139"},
      {"DDT de l'Isère", "ddt-fr-departement-38"},
      {"DDT de la Marne (DDT51)", "ddt-fr-departement-51"},
      {"Direction Départementale des Territoires du Haut-Rhin (68)", "ddt-fr-departement-68"},
      {"Direction Départementale des Territoires et de la Mer de la Somme", "ddt-fr-departement-80"},
      {"DREAL Auvergne-Rhône-Alpes", "dreal-fr-region-84"},
      {"Insee", "insee"},
      {"Institut national de la statistique et des études économiques (Insee)", "insee"},
  };
  for (const auto& [name, key] : rows) EXPECT_EQ(named(name).key, key) << name;
  EXPECT_EQ(named("DDT de l'Isère").territory, territory("fr:departement:38"));
  EXPECT_EQ(named("Insee").territory, territory("country:fr"));
}

TEST(Publisher, IsKnownByItsSirenWhateverItsName) {
  EXPECT_EQ(publisher({.name = {{"N.", ""}}, .identifier = {"120 027 016"}}, "a", nullptr).key, "insee");
  EXPECT_EQ(publisher({.name = {{"Marseille", ""}}, .identifier = {"21130055300016"}}, "a", nullptr).key,
            "fr-commune-13055");
  EXPECT_EQ(publisher({.iri = "https://example.org/siren/552100554", .name = {{"X", ""}}}, "a", nullptr).key,
            "siren-552100554");
  // A portal's own number is none.
  EXPECT_EQ(publisher({.name = {{"X", ""}}, .identifier = {"123456789"}}, "a", nullptr).key, "x_a");
}

TEST(Publisher, IsKnownByItsAddressWhateverItsName) {
  for (const char* iri : {"https://www.data.gouv.fr/fr/organizations/"
                          "institut-national-de-la-statistique-et-des-etudes-economiques-insee/",
                          "https://www.data.gouv.fr/api/1/organizations/534fff81a3a7292c64a77e5c/",
                          "https://www.data.gouv.fr/organizations/534fff81a3a7292c64a77e5c"}) {
    const auto known = publisher({.iri = iri, .name = {{"Météo-France", ""}}}, "a", nullptr);
    EXPECT_EQ(known.key, "insee") << iri;
    EXPECT_FALSE(known.guessed);
  }
  EXPECT_EQ(publisher({.iri = "https://data.example/organizations/ademe/", .name = {{"X", ""}}}, "a", nullptr).key,
            "https-data-example-organizations-ademe");
  EXPECT_TRUE(
      publisher({.iri = "https://www.data.gouv.fr/organizations/has/", .name = {{"HAS", ""}}}, "a", nullptr).guessed)
      << "a slug that no fixture has is a name";
}

TEST(Publisher, IsMarkedAsGuessedWhereItsNameAloneSaysWhoItIs) {
  EXPECT_TRUE(named("Insee").guessed);
  EXPECT_TRUE(named("Ville de Nantes").guessed);
  EXPECT_TRUE(named("Toulouse métropole").guessed);
  EXPECT_FALSE(named("Lig'Air").guessed) << "nothing was concluded";
  EXPECT_FALSE(publisher({.name = {{"Insee", ""}}, .identifier = {"12002701600563"}}, "a", nullptr).guessed);
}

TEST(Publisher, OfNamesakesNoneIsMeantWhateverItsPeople) {
  EXPECT_EQ(named("Mairie de Saint-Denis").key, "mairie-de-saint-denis_portal");
  EXPECT_EQ(named("Mairie de Saint-Denis", "fr:departement:93").key, "fr-commune-93066");
  EXPECT_EQ(named("Mairie de Saint-Denis (La Réunion)").key, "fr-commune-97411");
  EXPECT_EQ(named("Ville de La Rochelle").key, "ville-de-la-rochelle_portal") << "there is one in Haute-Saône";
}

TEST(Publisher, ThatIsCalledAsATerritoryIsNotItsAuthority) {
  for (const char* name : {"Pays de la Loire", "Côtes d'Armor", "Haute-Garonne", "Pays de Pontchâteau", "La Rochelle"})
    EXPECT_TRUE(named(name).key.ends_with("_portal")) << name << ": " << named(name).key;
  EXPECT_EQ(named("Lorient Agglomération").key, "fr-epci-200042174");
  EXPECT_EQ(named("Grand Avignon").key, "fr-epci-248400251") << "a row of the table says so";
}

TEST(Publisher, OfAnotherCountryIsNoFrenchBody) {
  EXPECT_EQ(named("IGN", "country:es").key, "ign_portal");
  EXPECT_EQ(named("Ville de Nantes", "country:be").key, "ville-de-nantes_portal");
  EXPECT_EQ(named("IGN", "fr:region:53").key, "ign");
  EXPECT_EQ(publisher({.identifier = {"120027016"}}, "a", territory("country:es")).key, "insee");
}

TEST(Publisher, IsItsSourcesOwnWhereOnlyItsNameIsKnown) {
  EXPECT_EQ(publisher({.name = {{"Mairie", ""}}}, "a", nullptr).key, "mairie_a");
  EXPECT_EQ(publisher({.name = {{"Mairie", ""}}}, "b", nullptr).key, "mairie_b");
  EXPECT_EQ(named("Lig'Air").key, "lig-air_portal");
  EXPECT_EQ(publisher({.iri = "https://example.org/org/1", .name = {{"Lig'Air", ""}}}, "a", nullptr).key,
            "https-example-org-org-1");
  EXPECT_EQ(publisher({}, "a", nullptr).key, "");
}

TEST(Publisher, IsCalledByOneName) {
  EXPECT_EQ(publisher_name("fr-commune-44109", "fr"), "Nantes (commune)");
  EXPECT_EQ(publisher_name("ddt-fr-departement-38", "fr"), "Isère (DDT)");
  EXPECT_EQ(publisher_name("fr-epci-243100518", "fr"), "Toulouse Métropole");
  EXPECT_EQ(publisher_name("insee", "en"), "Insee");
  EXPECT_EQ(publisher_name("mairie_a", "fr"), "");
  EXPECT_EQ(publisher_name("siren-552100554", "fr"), "");
}

}  // namespace
}  // namespace moisson::dcat
