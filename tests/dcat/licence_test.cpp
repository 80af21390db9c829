#include "dcat/vocabulary.h"

#include "dcat/vocabulary_tables.h"

#include <gtest/gtest.h>

#include <set>

namespace moisson::dcat {
namespace {

std::string_view key(const Concept& stated) {
  const Licence* found = licence(stated);
  return found == nullptr ? "" : found->key;
}
Concept words(std::string_view text) { return Concept{.label = {{std::string(text), ""}}}; }

TEST(Licence, KnowsNamesAndCodes) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Licence Ouverte / Open Licence version 2.0", "lov2"},
      {"lov2", "lov2"},
      {"etalab-2.0", "lov2"},
      {"Licence Ouverte v2.0 (Etalab)", "lov2"},
      {"Licence Ouverte / Open Licence", "lov1"},
      {"fr-lo", "lov1"},
      {"Licence ouverte", "lov1"},
      {"Open Data Commons Open Database License (ODbL)", "odbl"},
      {"odc-odbl", "odbl"},
      {"ODbL 1.0", "odbl"},
      {"odc-by", "odc-by"},
      {"odc-pddl", "pddl"},
      {"cc-zero", "cc0"},
      {"Creative Commons CCZero", "cc0"},
      {"cc-by", "cc-by"},
      {"CC BY 4.0", "cc-by-4.0"},
      {"Creative Commons Attribution 4.0", "cc-by-4.0"},
      {"Creative Commons Attribution Share-Alike", "cc-by-sa"},
      {"cc-by-nc-nd-4.0", "cc-by-nc-nd-4.0"},
      {"uk-ogl", "ogl"},
      {"dl-de-by-2.0", "dl-de-by"},
      // Socrata's list.
      {"Creative Commons 1.0 Universal (Public Domain Dedication)", "cc0"},
      {"Public Domain U.S. Government", "pdm"},
      {"Creative Commons Attribution | NoDerivatives 4.0 International License", "cc-by-nd-4.0"},
      {"Open Data Commons Public Domain Dedication and License", "pddl"},
      {"Nova Scotia Open Government Licence", "other-at"},
      {"Canada Open Government Licence", "ogl-ca"},
      {"Other (Attribution)", "other-at"},
      {"us-pd", "pdm"},
      {"Données sous Licence Ouverte 2.0, voir https://example.org/", "lov2"},
      {"Voir http://opendatacommons.org/licenses/odbl/summary/", "odbl"},
      {"notspecified", ""},
      {"License Not Specified", ""},
      {"", ""},
      {"Licence à définir", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(key(words(text)), expected) << text;
}

TEST(Licence, KnowsAddresses) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"https://www.etalab.gouv.fr/licence-ouverte-open-licence", "lov2"},
      {"https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "lov2"},
      {"https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf", "lov1"},
      {"https://spdx.org/licenses/etalab-2.0.html", "lov2"},
      {"http://opendatacommons.org/licenses/odbl/1-0/", "odbl"},
      {"https://opendatacommons.org/licenses/odbl/", "odbl"},
      {"http://creativecommons.org/licenses/by/4.0/", "cc-by-4.0"},
      {"https://creativecommons.org/licenses/by-sa/4.0/deed.fr", "cc-by-sa-4.0"},
      {"https://creativecommons.org/licenses/by/3.0/fr/", "cc-by-3.0"},
      {"https://creativecommons.org/licenses/by-nc/4.0/legalcode", "cc-by-nc-4.0"},
      {"https://creativecommons.org/publicdomain/zero/1.0/deed.en", "cc0"},
      {"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0", "cc-by-4.0"},
      {"http://publications.europa.eu/resource/authority/licence/ETALAB_2_0", "lov2"},
      {"http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "ogl"},
      {"https://www.govdata.de/dl-de/by-2-0", "dl-de-by"},
      {"http://www.opendefinition.org/licenses/cc-by", "cc-by"},
      {"http://dcat-ap.de/def/licenses/dl-zero-de/2.0", "dl-de-zero"},
      {"https://hub.arcgis.com/api/v2/datasets/0d79c194dfcf426da47ae984b9f7886e_17/license", "own-terms"},
      {"https://gis.example.gov/datasets/0d79c194dfcf426da47ae984b9f7886e_17/license.json", "own-terms"},
      {"https://www.arcgis.com/sharing/rest/content/items/89679671cfa64832ac2399a0ef52e414/data", "own-terms"},
      {"https://gis.example.gov/license.json", ""},
      {"https://example.org/licence", ""},
  };
  for (const auto& [iri, expected] : cases) EXPECT_EQ(key(Concept{.iri = std::string(iri)}), expected) << iri;
}

TEST(Licence, IsOpenAsTheOpenDefinitionSays) {
  for (const auto* open :
       {"lov2", "lov1", "odbl", "cc0", "cc-by-4.0", "cc-by-sa-3.0", "pddl", "odc-by", "ogl", "other-open"})
    EXPECT_TRUE(licence(words(open))->open) << open;
  for (const auto* closed : {"cc-by-nc-4.0", "cc-by-nd", "cc-by-nc-sa", "other-closed", "other-nc"})
    EXPECT_FALSE(licence(words(closed))->open) << closed;
}

TEST(Licence, IsFoundByItsOwnKeyLabelAndAddress) {
  std::set<std::string_view> keys;
  for (const auto& row : all_licences()) {
    EXPECT_TRUE(keys.insert(row.key).second);
    EXPECT_EQ(key(words(row.key)), row.key);
    EXPECT_EQ(key(words(row.label)), row.key);
    if (row.iri.empty()) continue;
    EXPECT_EQ(key(Concept{.iri = std::string(row.iri)}), row.key) << row.iri;
  }
}

TEST(LicenceOf, PrefersTheRecordsOwnThenItsFiles) {
  Dataset dataset;
  EXPECT_EQ(licence_of(Record(dataset)), std::nullopt);
  dataset.distribution.resize(2);
  dataset.distribution[0].licence = words("homemade");
  EXPECT_EQ(licence_of(Record(dataset)), words("homemade"));
  dataset.distribution[1].licence = words("odbl");
  EXPECT_EQ(licence_of(Record(dataset)), words("odbl"));
  dataset.licence = words("notspecified");
  EXPECT_EQ(licence_of(Record(dataset)), words("odbl"));
  dataset.licence = words("lov2");
  EXPECT_EQ(licence_of(Record(dataset)), words("lov2"));
}

}  // namespace
}  // namespace moisson::dcat
