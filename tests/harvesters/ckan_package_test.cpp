#include "harvesters/ckan_package.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace moisson::harvesters {
namespace {

harvest::HarvestSource source() {
  harvest::HarvestSource made;
  made.id = "portal";
  made.language = "fr";
  return made;
}

Result<harvest::HarvestedRecord> map(std::string_view json) {
  const auto parsed = json::Document::parse(json);
  if (!parsed) return parsed.error();
  harvest::RawSource raw{"application/json", std::string(json),
                         "https://portal.example.org/data/api/3/action/package_search?start=0", "/result/results/0"};
  return map_ckan_package(source(), parsed->root(), std::move(raw));
}

const dcat::Dataset& dataset(const Result<harvest::HarvestedRecord>& record) {
  return std::get<dcat::Dataset>(record->record);
}

// A package with an id and a title, and `members`.
Result<harvest::HarvestedRecord> map_with(const std::string& members) {
  return map(R"({"id": "i", "name": "n", "title": "T", )" + members + "}");
}

bool found(const Result<harvest::HarvestedRecord>& record, std::string_view cause, std::string_view place) {
  for (const auto& finding : record->findings) {
    if (finding.cause == cause && finding.place == place) return true;
  }
  return false;
}

TEST(CkanPackage, TakesTheOriginThatAnAggregatorStates) {
  struct Row {
    const char* key;
    const char* value;
  };
  constexpr Row rows[] = {{"harvest_remote_id", "eau-potable"},
                          {"harvest.remote_id", "eau-potable"},
                          {"harvest:remote_id", "eau-potable"},
                          {"guid", "fr-1-jdd-e139cf31-02a9-4a01-b09f-27392be74957"},
                          {"harvest_uri", "https://data.ville.fr/id/eau"},
                          {"harvest_dct_identifier", "urn:eau"}};
  for (const auto& row : rows) {
    const auto record = map_with(R"("extras": [{"key": ")" + std::string(row.key) + R"(", "value": ")" + row.value +
                                 R"("}, {"key": "harvest_domain", "value": "data.ville.fr"},
                                 {"key": "harvest_remote_url", "value": "https://data.ville.fr/eau"}])");
    EXPECT_EQ(record->origin.ids, std::vector<std::string>{row.value}) << row.key;
    EXPECT_EQ(record->origin.portal, "data.ville.fr");
    EXPECT_EQ(record->origin.urls, std::vector<std::string>{"https://data.ville.fr/eau"});
  }
  EXPECT_TRUE(map_with(R"("source": "https://data.ville.fr/eau")")->origin.urls.empty())
      << "what it was derived from is another thing";
}

TEST(CkanPackage, MapsAWholePackage) {
  const auto record = map(R"({
    "id": "8f1c", "name": "eau-potable", "title": "Qualité de l'eau potable", "notes": "Analyses des communes.",
    "url": "https://www.ville.fr/eau", "version": "3", "license_id": "lov2", "license_title": "Licence Ouverte 2.0",
    "license_url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "metadata_created": "2020-01-02T03:04:05.678901",
    "metadata_modified": "2024-05-01T12:34:56.789012", "maintainer": "Service des eaux", "maintainer_email": "mailto:eau@ville.fr",
    "organization": {"id": "o1", "name": "ville", "title": "Ville de Lyon"},
    "groups": [{"name": "env", "display_name": "Environnement"}],
    "tags": [{"name": "eau", "display_name": "Eau"}, {"name": "santé"}],
    "tracking_summary": {"total": 42, "recent": 3},
    "extras": [{"key": "frequency", "value": "annual"}, {"key": "temporal_start", "value": "2019"}, {"key": "temporal_end", "value": "2020-12-31"},
      {"key": "theme", "value": "[\"http://publications.europa.eu/resource/authority/data-theme/ENVI\"]"},
      {"key": "identifier", "value": "urn:eau:1"}, {"key": "language", "value": "[\"fr\"]"},
      {"key": "spatial", "value": "{\"type\":\"Polygon\",\"coordinates\":[[[4.7,45.7],[4.9,45.7],[4.9,45.8],[4.7,45.7]]]}"},
      {"key": "conforms_to", "value": "[\"https://schema.data.gouv.fr/eau\", \"not an iri\"]"}],
    "resources": [{"id": "r1", "name": "Analyses", "description": "Tout", "url": "https://www.ville.fr/eau.csv", "format": "CSV", "mimetype": "text/csv",
      "size": "1234", "hash": "d41d8cd98f00b204e9800998ecf8427e", "created": "2020-01-02T03:04:05", "last_modified": "2024-05-01T12:34:56.1", "url_type": "upload"}]
  })");
  ASSERT_TRUE(record) << to_string(record.error());
  const auto& set = dataset(record);
  EXPECT_EQ(record->remote_id, "8f1c");
  EXPECT_EQ(record->remote_url, "https://portal.example.org/data/dataset/eau-potable");
  EXPECT_EQ(record->popularity, 42u);
  EXPECT_EQ(set.iri, "https://portal.example.org/data/dataset/8f1c");
  EXPECT_EQ(set.title, (LangStrings{{"Qualité de l'eau potable", "fr"}}));
  EXPECT_EQ(set.identifier, std::vector<std::string>{"urn:eau:1"});
  EXPECT_EQ(set.landing_page.at(0).value, "https://www.ville.fr/eau");
  EXPECT_EQ(set.publisher.at(0).name.at(0).value, "Ville de Lyon");
  EXPECT_EQ(set.publisher.at(0).identifier, std::vector<std::string>{"o1"});
  EXPECT_EQ(set.contact_point.at(0).email, "eau@ville.fr");
  EXPECT_EQ(set.keyword, (LangStrings{{"Eau", "fr"}, {"santé", "fr"}}));
  ASSERT_EQ(set.theme.size(), 2u);
  EXPECT_EQ(set.theme[0].iri, "http://publications.europa.eu/resource/authority/data-theme/ENVI");
  EXPECT_EQ(set.theme[1].label.at(0).value, "Environnement");
  EXPECT_EQ(set.licence->iri, "https://www.etalab.gouv.fr/licence-ouverte-open-licence/");
  EXPECT_EQ(format_moment(*set.issued), "2020-01-02T03:04:05.678Z");
  EXPECT_EQ(set.frequency->label.at(0).value, "annual");
  ASSERT_EQ(set.temporal.size(), 1u);
  EXPECT_EQ(format_moment(*set.temporal[0].start), "2019");
  EXPECT_EQ(format_moment(*set.temporal[0].end), "2020-12-31");
  ASSERT_EQ(set.spatial.size(), 1u);
  EXPECT_EQ(set.spatial[0].bbox, (dcat::BoundingBox{4.7, 45.7, 4.9, 45.8}));
  EXPECT_EQ(set.conforms_to, std::vector<dcat::Iri>{{"https://schema.data.gouv.fr/eau"}});
  EXPECT_TRUE(found(record, "iri_invalid", "/extras/7/value"));
  ASSERT_EQ(set.distribution.size(), 1u);
  const auto& file = set.distribution[0];
  EXPECT_EQ(file.iri, set.iri + "/resource/r1");
  EXPECT_EQ(file.access_url.at(0).value, "https://www.ville.fr/eau.csv");
  EXPECT_EQ(file.download_url, file.access_url);
  EXPECT_EQ(file.format->label.at(0).value, "CSV");
  EXPECT_EQ(file.byte_size, 1234u);
  EXPECT_EQ(file.checksum->algorithm, "md5");
  EXPECT_EQ(record->findings.size(), 1u);
}

TEST(CkanPackage, KeepsEveryLanguageOfTranslatedFields) {
  const auto record = map(R"({"id": "i", "title": "x", "title_translated": {"fr": "Eau", "en": "Water", "de": ""},
                              "notes_translated": {"fr": "Oui"}, "tags_translated": {"fr": ["eau"], "en": ["water"]}})");
  ASSERT_TRUE(record);
  EXPECT_EQ(dataset(record).title, (LangStrings{{"Eau", "fr"}, {"Water", "en"}}));
  EXPECT_EQ(dataset(record).keyword, (LangStrings{{"eau", "fr"}, {"water", "en"}}));
}

TEST(CkanPackage, AStatedLanguageTagsItsWords) {
  const auto record = map_with(
      R"("extras": [{"key": "language", "value": "http://publications.europa.eu/resource/authority/language/DEU"}])");
  ASSERT_TRUE(record);
  EXPECT_EQ(dataset(record).title.at(0).language, "de");
}

TEST(CkanPackage, ATitleIsRequired) {
  for (const char* package : {R"({"id": "i"})", R"({"id": "i", "title": null})", R"({"id": "i", "title": "  "})",
                              R"({"id": "i", "title": {}})"}) {
    const auto record = map(package);
    ASSERT_FALSE(record) << package;
    EXPECT_EQ(record.error().message, "the title is missing") << package;
    EXPECT_EQ(record.error().where, "/title");
  }
  EXPECT_FALSE(map(R"({"id": "i", "title": ["a"]})"));
  EXPECT_FALSE(map(R"({"title": "no id"})"));
  EXPECT_FALSE(map(R"([])"));
}

TEST(CkanPackage, ReadsExtrasInEveryShape) {
  for (const char* extras : {R"([{"key": "frequency", "value": "daily"}])", R"({"frequency": "daily"})"}) {
    const auto record = map_with(std::string("\"extras\": ") + extras);
    ASSERT_TRUE(record) << extras;
    EXPECT_EQ(dataset(record).frequency->label.at(0).value, "daily") << extras;
  }
  for (const char* extras : {"null", "[]", "{}", "\"x\"", "7",
                             R"([null, 3, {"key": null}, {"key": "frequency"}, ["frequency", "daily"]])"}) {
    EXPECT_TRUE(map_with(std::string("\"extras\": ") + extras)) << extras;
  }
  EXPECT_EQ(dataset(map_with(R"("frequency": "weekly", "extras": [{"key": "frequency", "value": "daily"}])"))
                .frequency->label.at(0)
                .value,
            "weekly")
      << "a field of the schema goes before an extra of its name";
}

TEST(CkanPackage, TakesAnAcronymAsAnotherName) {
  EXPECT_EQ(dataset(map_with(R"("extras": [{"key": "acronym", "value": "RNA"}])")).alternative.at(0).value, "RNA");
  EXPECT_EQ(dataset(map_with(R"("alternate_title": "Autre nom")")).alternative.at(0).value, "Autre nom");
  EXPECT_TRUE(dataset(map_with(R"("extras": [])")).alternative.empty());
}

TEST(CkanPackage, DropsADateThatIsNone) {
  const auto record = map_with(R"("metadata_modified": "2004/292269055-12-02", "issued": "bientôt")");
  ASSERT_TRUE(record);
  EXPECT_FALSE(dataset(record).modified);
  EXPECT_FALSE(dataset(record).issued);
  EXPECT_TRUE(found(record, "date_unreadable", "/metadata_modified"));
  EXPECT_TRUE(found(record, "date_unreadable", "/issued"));
}

TEST(CkanPackage, CutsAHugeDescription) {
  const auto record = map_with("\"notes\": \"" + std::string(3'000'000, 'n') + "\"");
  ASSERT_TRUE(record);
  EXPECT_EQ(dataset(record).description.at(0).value.size(), 100'000u);
  EXPECT_TRUE(found(record, "text_cut", "/notes"));
}

TEST(CkanPackage, CleansControlCharacters) {
  const auto record = map(R"({"id": "i", "title": "T\u0000i\u0007tre", "notes": "a\tb\nc"})");
  ASSERT_TRUE(record);
  EXPECT_EQ(dataset(record).title.at(0).value, "Titre");
  EXPECT_EQ(dataset(record).description.at(0).value, "a\tb\nc");
  EXPECT_TRUE(found(record, "control_characters", "/title"));
}

TEST(CkanPackage, MendsAddressesAndTellsIt) {
  const auto record =
      map_with(R"("resources": [{"url": "www.ville.fr/a.csv"}, {"url": "/dataset/x/a.csv"}, {"url": "see the office"},
                                                {"url": "https://ville.fr/a b.csv"}, {"url": ""}, {"url": null},
                                                {"url": "//////not-a-url.example.com/"}])");
  ASSERT_TRUE(record);
  const auto& files = dataset(record).distribution;
  ASSERT_EQ(files.size(), 7u);
  EXPECT_EQ(files[0].access_url.at(0).value, "http://www.ville.fr/a.csv");
  EXPECT_TRUE(found(record, "url_schemeless", "/resources/0/url"));
  EXPECT_EQ(files[1].access_url.at(0).value, "https://portal.example.org/dataset/x/a.csv");
  EXPECT_TRUE(found(record, "url_relative", "/resources/1/url"));
  EXPECT_TRUE(files[2].access_url.empty());
  EXPECT_TRUE(found(record, "url_invalid", "/resources/2/url"));
  EXPECT_EQ(files[3].access_url.at(0).value, "https://ville.fr/a%20b.csv");
  EXPECT_TRUE(files[4].access_url.empty());
  EXPECT_TRUE(files[6].access_url.empty());
  EXPECT_TRUE(found(record, "url_invalid", "/resources/6/url"));
}

TEST(CkanPackage, SurvivesTypesThatAreWrong) {
  const auto record =
      map_with(R"("organization": [], "groups": "x", "tags": {"a": 1}, "resources": {"0": {}}, "notes": ["a"], "url": 7,
                                  "license_id": {}, "tracking_summary": [], "version": 3)");
  ASSERT_TRUE(record);
  EXPECT_TRUE(found(record, "type_wrong", "/tags"));
  EXPECT_TRUE(found(record, "type_wrong", "/resources"));
  EXPECT_TRUE(found(record, "type_wrong", "/notes"));
  EXPECT_EQ(dataset(record).version, "3");
  EXPECT_FALSE(record->popularity);
  EXPECT_TRUE(map_with(R"("tags": ["plain", 3, null], "groups": ["plain"], "resources": [null, 3, "x", []])"));
}

TEST(CkanPackage, ASizeIsANumberOrItsDigits) {
  const auto sizes = map_with(
      R"("resources": [{"size": 12}, {"size": "12"}, {"size": "12 Mo"}, {"size": -1}, {"size": null}, {"size": 1e300}])");
  ASSERT_TRUE(sizes);
  const auto& files = dataset(sizes).distribution;
  EXPECT_EQ(files[0].byte_size, 12u);
  EXPECT_EQ(files[1].byte_size, 12u);
  for (std::size_t i = 2; i < files.size(); ++i) EXPECT_FALSE(files[i].byte_size) << i;
  EXPECT_TRUE(found(sizes, "number_unreadable", "/resources/2/size"));
}

TEST(CkanPackage, APublisherIsStatedOrTheOrganizationOrTheAuthor) {
  const auto stated =
      map_with(R"("organization": {"title": "Org"}, "extras": [{"key": "publisher_name", "value": "Stated"},
                                  {"key": "publisher_uri", "value": "https://org.fr/"}, {"key": "publisher_email", "value": "mailto:a@org.fr"}])");
  EXPECT_EQ(dataset(stated).publisher.at(0).name.at(0).value, "Stated");
  EXPECT_EQ(dataset(stated).publisher.at(0).iri, "https://org.fr/");
  EXPECT_EQ(dataset(stated).publisher.at(0).email, "a@org.fr");
  const auto author = map_with(R"("organization": null, "author": "Jeanne")");
  EXPECT_EQ(dataset(author).publisher.at(0).name.at(0).value, "Jeanne");
  EXPECT_TRUE(dataset(map_with(R"("organization": null)")).publisher.empty());
}

TEST(CkanPackage, ReadsPlacesAndRefusesThoseOffTheEarth) {
  const auto box = map_with(
      R"("extras": {"bbox-west-long": "4", "bbox-east-long": "5", "bbox-south-lat": "45", "bbox-north-lat": "46"})");
  EXPECT_EQ(dataset(box).spatial.at(0).bbox, (dcat::BoundingBox{4, 45, 5, 46}));
  const auto projected = map_with(R"("extras": {"spatial": "{\"type\":\"Point\",\"coordinates\":[842000, 6519000]}"})");
  EXPECT_TRUE(dataset(projected).spatial.empty());
  EXPECT_TRUE(found(projected, "geometry_unreadable", "/extras/0/value") ||
              found(projected, "geometry_unreadable", "/spatial"));
  const auto named =
      map_with(R"("extras": {"spatial_text": "Lyon", "spatial_uri": "http://id.insee.fr/geo/commune/69123"})");
  EXPECT_EQ(dataset(named).spatial.at(0).iri, "http://id.insee.fr/geo/commune/69123");
  std::string deep = R"({\"type\":\"Polygon\",\"coordinates\":)" + std::string(60, '[') + std::string(60, ']') + "}";
  EXPECT_TRUE(map_with(R"("extras": {"spatial": ")" + deep + "\"}"));
}

TEST(CkanPackage, ASeriesIsASeries) {
  const auto record = map_with(R"("type": "dataset_series", "frequency": "annual")");
  ASSERT_TRUE(record);
  EXPECT_EQ(dcat::type_of(record->record), dcat::ResourceType::series);
}

TEST(CkanPackage, MapsTheRealAnswersOfPortals) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(MOISSON_FIXTURES) / "ckan-api";
  if (!fs::exists(root)) GTEST_SKIP() << "no fixtures";
  std::size_t mapped = 0, refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".json") continue;
    std::stringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const auto parsed = json::Document::parse(text.str());
    if (!parsed) continue;
    auto packages = parsed->root()["result"]["results"].items();
    if (packages.empty() && parsed->root()["result"]["resources"].exists()) packages = {parsed->root()["result"]};
    for (const auto package : packages) {
      auto record = map_ckan_package(source(), package,
                                     {"application/json", package.dump(), "https://p.example.org/api/3/action/x", ""});
      record ? ++mapped : ++refused;
    }
  }
  EXPECT_GT(mapped, 50u);
  EXPECT_LT(refused, mapped / 10);
}

TEST(CkanPackage, BelievesACatalogOfThisProgramToTheWord) {
  const auto record = map_with(
      R"("metadata_created": "2020-01-02T03:04:05", "metadata_modified": "2024-05-01T12:34:56", "extras": [
        {"key": "harvest_trail", "value": "[\"https://a.test/datasets/1\", \"https://b.test/datasets/1\"]"},
        {"key": "guid", "value": "https://ville.test/1"}, {"key": "issued", "value": "2019-01-01"}],
      "resources": [{"id": "r1", "url": "https://ville.test/1.csv", "download_url": "https://ville.test/1.csv", "created": "2020-01-02T03:04:05"}])");
  ASSERT_TRUE(record) << to_string(record.error());
  EXPECT_EQ(record->trail, (std::vector<std::string>{"https://a.test/datasets/1", "https://b.test/datasets/1"}));
  const auto& set = dataset(record);
  EXPECT_EQ(format_moment(*set.issued), "2019-01-01");
  EXPECT_FALSE(set.modified);  // which is our date of change there, and not the publisher's
  EXPECT_TRUE(set.identifier.empty() && set.other_identifier.empty() && set.landing_page.empty());
  ASSERT_EQ(set.distribution.size(), 1u);
  EXPECT_TRUE(set.distribution[0].iri.empty() && set.distribution[0].access_url.empty() && !set.distribution[0].issued);
  EXPECT_EQ(set.distribution[0].download_url.size(), 1u);
}

}  // namespace
}  // namespace moisson::harvesters
