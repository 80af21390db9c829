// Modes 26 to 31: values.
#include "failure_mode.h"

#include "core/json.h"
#include "core/text.h"
#include "dcat/canonical_json.h"
#include "portal/ckan_portal.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace moisson::test {
namespace {

// A row of data.gouv.fr's catalogue as the package that a CKAN would hold.
std::string package_of(json::View row) {
  json::Writer out;
  out.begin_object()
      .field("id", row["id"].text())
      .field("name", row["slug"].text())
      .field("title", row["title"].text());
  for (const auto& [name, column] : {std::pair{"notes", "description"},
                                     {"url", "url"},
                                     {"license_title", "license"},
                                     {"metadata_created", "created_at"},
                                     {"metadata_modified", "last_modified"}})
    out.field(name, row[column].text());
  out.key("tags").begin_array();
  const std::string tags = row["tags"].text();
  for (const auto tag : split(tags, ','))
    if (!tag.empty()) out.begin_object().field("name", tag).end_object();
  out.end_array().key("extras").begin_array();
  for (const auto& [key, column] : {std::pair{"temporal_coverage_start", "temporal_coverage.start"},
                                    {"temporal_coverage_end", "temporal_coverage.end"},
                                    {"harvest_remote_url", "harvest.remote_url"},
                                    {"spatial_zones", "spatial.zones"}})
    if (row[column].exists()) out.begin_object().field("key", key).field("value", row[column].text()).end_object();
  out.end_array();
  if (row["organization_id"].exists())
    out.key("organization")
        .begin_object()
        .field("id", row["organization_id"].text())
        .field("title", row["organization"].text())
        .end_object();
  out.end_object();
  return out.take();
}

TEST_F(FailureMode, NoneOfTheNastyRecordsOfARealCatalogIsLost) {
  const std::filesystem::path path = std::filesystem::path(MOISSON_FIXTURES) / "nasty/datagouv-real-nasty.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no fixtures";
  CkanPortal portal;
  std::ifstream file(path);
  std::vector<json::Document> nasty;
  std::set<std::string> ids;
  for (std::string line; std::getline(file, line);) {
    auto parsed = json::Document::parse(line);
    ASSERT_TRUE(parsed) << to_string(parsed.error());
    if (ids.insert(parsed->root()["id"].text()).second) nasty.push_back(std::move(*parsed));
    portal.put(nasty.back().root()["id"].text(), package_of(nasty.back().root()));
  }
  ASSERT_GT(nasty.size(), 200u);
  source_.kind = "ckan";
  source_.url = portal.url();
  register_source();
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = nasty.size()}));
  EXPECT_EQ(remote_ids(), ids);
  const auto page = *shelf_.store->changes(0, 5'000, true);
  for (const auto& change : page.changes) {
    const auto row = std::find_if(nasty.begin(), nasty.end(),
                                  [&](const auto& one) { return one.root()["id"].text() == change.record->remote_id; });
    ASSERT_NE(row, nasty.end());
    const json::View stated = row->root();
    const auto made = dcat::from_json(change.record->json);
    ASSERT_TRUE(made.has_value());
    const auto& resource = dcat::resource(*made);
    EXPECT_FALSE(resource.title.empty()) << change.record->remote_id;
    EXPECT_EQ(resource.description.empty(), trim(stated["description"].text()).empty()) << change.record->remote_id;
    EXPECT_EQ(resource.publisher.empty(), !stated["organization_id"].exists()) << change.record->remote_id;
    EXPECT_TRUE(resource.issued && resource.modified) << change.record->remote_id;
    EXPECT_EQ(resource.keyword.empty(), stated["tags"].text().empty()) << change.record->remote_id;
  }
}

TEST_F(FailureMode, 26DatesThatAreNoneCostOnlyThemselves) {
  const auto page = [](std::string_view a, std::string_view b) {
    return turtle(turtle_dataset("https://data.example/1", "Arbres", " ; dct:modified " + std::string(a)) +
                  turtle_dataset("https://data.example/2", "Bancs",
                                 " ; dct:issued \"1904\"^^xsd:date ; dct:modified \"2004\"^^xsd:gYear") +
                  turtle_dataset("https://data.example/3", "Canaux", " ; dct:issued " + std::string(b)));
  };
  portal_.put("/catalog.ttl", page("\"R/P1D\"", "\"2004/292269055-12-02\"^^xsd:date"), std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 3}));
  EXPECT_EQ(format_moment(*dcat::resource(record("https://data.example/2")).issued), "1904");
  EXPECT_EQ(format_moment(*dcat::resource(record("https://data.example/2")).modified), "2004");
  EXPECT_FALSE(dcat::resource(record("https://data.example/3")).issued);
  tells("26", job);
  portal_.put("/catalog.ttl", page("\"2024-05-01\"^^xsd:date", "\"2004-12-02\"^^xsd:date"), std::string(turtle_type));
  clears(job);
}

TEST_F(FailureMode, 27ABrokenPlaceCostsOnlyThePlace) {
  const auto page = [](std::string_view a, std::string_view b, std::string_view c) {
    return data_json(data_json_dataset("1", "Arbres", ",\"spatial\":" + std::string(a)) + "," +
                     data_json_dataset("2", "Bancs", ",\"spatial\":" + std::string(b)) + "," +
                     data_json_dataset("3", "Canaux", ",\"spatial\":" + std::string(c)));
  };
  portal_.put("/data.json",
              page("\"POLYGON((2 48, 3 48, oops))\"", R"("[\"69123\", \"69266\"]")",
                   R"({"type":"Polygon","coordinates":[[[652000,6862000],[653000,6863000]]]})"),
              std::string(json_type));
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 3}));
  EXPECT_EQ(row(job, "geometry_unreadable").place, "/dataset/1/spatial");
  tells("27", job);
  portal_.put("/data.json",
              page("\"POLYGON((2 48, 3 48, 3 49, 2 48))\"", "\"Lyon\"",
                   R"({"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,48]]]})"),
              std::string(json_type));
  clears(job);
}

TEST_F(FailureMode, 28KeywordsThatAreNoneRejectNoRecord) {
  const auto package = [](std::string_view tags) {
    return R"({"success":true,"result":{"count":1,"results":[{"id":"a","name":"a","title":"Arbres","tags":)" +
           std::string(tags) + "}]}}";
  };
  portal_.put("/api/3/action/package_search",
              package("[{\"name\":\"eau & forêt: (l’) !\"},{\"name\":null},{},\"\",7,{\"name\":\"" +
                      std::string(300, 'x') + "\"}]"),
              std::string(json_type));
  source("ckan", "");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto made = record("a");
  EXPECT_THAT(dcat::resource(made).keyword,
              testing::Contains(testing::Field(&LangString::value, "eau & forêt: (l’) !")));
  tells("28", job);
  portal_.put("/api/3/action/package_search", package(R"([{"name":"eau"},{"name":"forêt"}])"), std::string(json_type));
  clears(job);
}

TEST_F(FailureMode, 29ALiteralWhereAnIriBelongsIsReadAsItsWord) {
  portal_.put(
      "/catalog.ttl",
      turtle(turtle_dataset("https://data.example/1", "Arbres",
                            " ; dct:language \"deutsch\" ; dcat:landingPage \"https://data.example/page/1\" ; "
                            "dcat:distribution [ dcat:accessURL \"https://data.example/f.csv\" ; dct:format \"CSV\" ; "
                            "dcat:mediaType \"text/csv\" ; dct:license \"CC BY 4.0\" ]")),
      std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto made = record("https://data.example/1");
  const auto& file = dcat::distributions(made).front();
  EXPECT_EQ(file.access_url.front().value, "https://data.example/f.csv");
  EXPECT_TRUE(file.format->iri.ends_with("/CSV") && file.format->guessed);
  EXPECT_EQ(file.licence->guessed, true);
  EXPECT_EQ(dcat::resource(made).landing_page.front().value, "https://data.example/page/1");
  EXPECT_EQ(dcat::main_language(made), "de");
  tells("29", job);
}

TEST_F(FailureMode, 30ARecordWithoutATitleIsAFailureThatIsTold) {
  portal_.put("/data.json",
              data_json(R"({"identifier":"1","keyword":["",null]},)" +
                        data_json_dataset("2", "Bancs", R"(,"keyword":["", " "])") +
                        R"(,{"title":"Canaux"},{"description":"rien"})"),
              std::string(json_type));
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::partial);
  EXPECT_EQ(job.counts, (Counts{.created = 2, .failed = 2}));
  EXPECT_EQ(row(job, "title_missing").place, "/dataset/0: /title");
  EXPECT_EQ(row(job, "id_missing").place, "/dataset/3");
  EXPECT_TRUE(dcat::resource(record("2")).keyword.empty());
  tells("30", job);
  portal_.put("/data.json",
              data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs") + "," +
                        data_json_dataset("3", "Canaux") + "," + data_json_dataset("4", "Digues")),
              std::string(json_type));
  limits_.min_removed_held = 100;  // Canaux, known by its title until now, goes
  clears(job);
}

TEST_F(FailureMode, 31AContextThatCannotBeHadIsNamedAndNeverFetched) {
  const auto page = [this](std::string_view context) {
    return R"({"@context":)" + std::string(context) + R"(,"@id":")" + portal_.url("/d/1") +
           R"(","@type":"dcat:Dataset","dct:title":"Arbres"})";
  };
  portal_.put("/catalog.jsonld", page("\"" + portal_.url("/context.jsonld") + "\""), "application/ld+json");
  source("dcat", "/catalog.jsonld");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::failed);
  EXPECT_EQ(job.counts, Counts{});
  for (const auto& target : portal_.asked()) EXPECT_NE(target, "/context.jsonld");
  tells("31", job);
  portal_.put("/catalog.jsonld", page(R"({"dct":"http://purl.org/dc/terms/","dcat":"http://www.w3.org/ns/dcat#"})"),
              "application/ld+json");
  clears(job);
}

}  // namespace
}  // namespace moisson::test
