#include "dcat/identity.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

TEST(Identity, OnlyWhatIsUniqueInTheWorldIsAKey) {
  struct Row {
    const char* text;
    const char* key;
  };
  constexpr Row rows[] = {
      {"42", ""},
      {"", ""},
      {"insee-deces", ""},
      {"https://data.example.fr/dataset/eau", "//data.example.fr/dataset/eau"},
      {"http://DATA.example.fr:80/dataset/eau/", "//data.example.fr/dataset/eau"},
      {"https://data.example.fr:8443/dataset/eau", "//data.example.fr:8443/dataset/eau"},
      {"https://data.example.fr/item.html?id=7#top", "//data.example.fr/item.html?id=7#top"},
      {"https://data.example.fr/points/fraîcheur", "//data.example.fr/points/fra%C3%AEcheur"},
      {"https://data.example.fr", ""},  // a portal, no record
      {"https://data.example.fr/", ""},
      {"10.5281/Zenodo.123", "doi:10.5281/zenodo.123"},
      {"doi:10.5281/zenodo.123", "doi:10.5281/zenodo.123"},
      {"https://doi.org/10.5281/zenodo.123", "doi:10.5281/zenodo.123"},
      {"10.2 km/h", ""},
      {"F4C6E0EB-1613-420a-b407-726340dc0506", "uuid:f4c6e0eb-1613-420a-b407-726340dc0506"},
      {"urn:uuid:f4c6e0eb-1613-420a-b407-726340dc0506", "uuid:f4c6e0eb-1613-420a-b407-726340dc0506"},
      {"{f4c6e0eb-1613-420a-b407-726340dc0506}", "uuid:f4c6e0eb-1613-420a-b407-726340dc0506"},
      {"f4c6e0eb1613420ab407726340dc0506", "uuid:f4c6e0eb-1613-420a-b407-726340dc0506"},
      {"00000000-0000-0000-0000-000000000000", ""},
      {"fr-120066022-jdd-E139cf31-02a9-4a01-b09f-27392be74957",
       "id:fr-120066022-jdd-e139cf31-02a9-4a01-b09f-27392be74957"},
      {"URN:isbn:0451450523", "urn:isbn:0451450523"},
      {"ark:/12148/btv1b8449691v", "ark:/12148/btv1b8449691v"},
      {"urn:with blank", ""},
      {"mailto:a@b.fr", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(unique_key(row.text), row.key) << row.text;
}

TEST(Identity, AKeyNamesThePortalItIsOf) {
  EXPECT_EQ(portal_of_key("//data.example.fr:8443/dataset/eau"), "data.example.fr:8443");
  EXPECT_EQ(portal_of_key("data.example.fr eau"), "data.example.fr");
  EXPECT_EQ(portal_of_key("uuid:f4c6e0eb-1613-420a-b407-726340dc0506"), "");
  EXPECT_EQ(portal_of("https://Data.Example.fr:443/api/3"), "data.example.fr");
  EXPECT_EQ(portal_of("http://127.0.0.1:8080/api/3"), "127.0.0.1:8080");
  EXPECT_EQ(portal_of("data.example.fr"), "data.example.fr");
}

harvest::HarvestedRecord record_at(const std::string& portal, const std::string& id) {
  harvest::HarvestedRecord record;
  record.remote_id = id;
  record.raw.page_url = "https://" + portal + "/api/3/action/package_search?rows=100";
  record.remote_url = "https://" + portal + "/dataset/" + id;
  record.record = Dataset{};
  return record;
}

TEST(Identity, AnIdOfOnePortalIsAKeyTogetherWithThatPortal) {
  EXPECT_EQ(identity_keys(record_at("data.example.fr", "eau")),
            (std::vector<IdentityKey>{{Signal::portal_id, "data.example.fr eau"},
                                      {Signal::page, "//data.example.fr/dataset/eau"}}));
}

TEST(Identity, WhatAnAggregatorSaysOfTheOriginComesFirstAndIsOneKeyWithTheOriginals) {
  auto copy = record_at("www.data.gouv.fr", "63651a8ddd91c31fc2a0bb23");
  copy.origin = {"data.example.fr", {"eau", "https://data.example.fr/id/eau"}, {"http://data.example.fr/dataset/eau"}};
  resource(copy.record).iri = "https://data.example.fr/id/eau";
  EXPECT_EQ(identity_keys(copy),
            (std::vector<IdentityKey>{{Signal::origin_id, "data.example.fr eau"},
                                      {Signal::origin_id, "//data.example.fr/id/eau"},
                                      {Signal::origin_url, "//data.example.fr/dataset/eau"},
                                      {Signal::portal_id, "www.data.gouv.fr 63651a8ddd91c31fc2a0bb23"},
                                      {Signal::page, "//www.data.gouv.fr/dataset/63651a8ddd91c31fc2a0bb23"}}));
}

TEST(Identity, TheAddressOfAGeoNetworkRecordTellsItsId) {
  auto copy = record_at("www.data.gouv.fr", "5f5cc0d7e6d9b1f0f8b5e6a1");
  const std::string id = "fr-120066022-jdd-e139cf31-02a9-4a01-b09f-27392be74957";
  copy.origin.urls = {
      "http://catalogue.geo-ide.developpement-durable.gouv.fr/catalogue/srv/fre/catalog.search#/metadata/" + id};
  const auto keys = identity_keys(copy);
  EXPECT_EQ(keys[0], (IdentityKey{Signal::origin_id, "id:" + id}));
  auto original = record_at("ogc.geo-ide.developpement-durable.gouv.fr", id);
  EXPECT_EQ(identity_keys(original)[0], (IdentityKey{Signal::portal_id, "id:" + id}));
}

TEST(Identity, APageOfTheOwnPortalIsNoOrigin) {
  auto record = record_at("data.example.fr", "eau");
  record.origin.urls = {"https://data.example.fr/dataset/eau"};
  for (const auto& key : identity_keys(record)) EXPECT_FALSE(tells_origin(key.signal)) << key.value;
}

TEST(Identity, APageElsewhereIsNoSignal) {
  auto record = record_at("data.example.fr", "eau");
  record.remote_url.clear();
  resource(record.record).landing_page = {{"https://www.insee.fr/fr/statistiques/2028028"}};
  EXPECT_EQ(identity_keys(record), (std::vector<IdentityKey>{{Signal::portal_id, "data.example.fr eau"}}));
}

TEST(Identity, HostileIdsAreLeftOutAndTheirNumberIsBounded) {
  auto record = record_at("data.example.fr", "eau");
  auto& said = resource(record.record);
  said.identifier = {std::string(3'000, 'a'), "urn:a\nb", std::string(2'000, '/')};
  for (int i = 0; i < 1'000; ++i) said.identifier.push_back("urn:x:" + std::to_string(i));
  const auto keys = identity_keys(record);
  EXPECT_EQ(keys.size(), 16U);
  EXPECT_EQ(keys.front().value, "urn:x:0");
}

}  // namespace
}  // namespace moisson::dcat
