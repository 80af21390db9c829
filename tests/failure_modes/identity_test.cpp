// Modes 9 to 18: IRIs and identity.
#include "failure_mode.h"

#include "core/url.h"

namespace moisson::test {
namespace {

std::set<std::string> ids_of(store::Store& store) {
  std::set<std::string> ids;
  const auto page = store.changes(0, 10'000, true);
  for (const auto& change : page->changes)
    if (change.record) ids.insert(change.id);
  return ids;
}

TEST_F(FailureMode, 09TwoAddressesInOneFieldAreNoAddress) {
  const auto page = [](std::string_view url) {
    return rdf_xml(rdf_xml_dataset(
        "https://data.example/1", "Arbres",
        "<dcat:distribution><dcat:Distribution rdf:about=\"https://data.example/f/1\"><dct:title>CSV</dct:title>"
        "<dcat:accessURL rdf:resource=\"" +
            std::string(url) + "\"/></dcat:Distribution></dcat:distribution>"));
  };
  portal_.put("/catalog.rdf", page("https://data.example/a.csv https://data.example/b.csv"), std::string(rdf_type));
  source("dcat", "/catalog.rdf");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto made = record("https://data.example/1");
  for (const auto& distribution : dcat::distributions(made))
    for (const auto& url : distribution.access_url) EXPECT_TRUE(is_iri(url.value)) << url.value;
  tells("09", job);
  portal_.put("/catalog.rdf", page("https://data.example/a.csv"), std::string(rdf_type));
  clears(job);
}

TEST_F(FailureMode, 10WhatIsNoIriStillNamesItsRecord) {
  portal_.put("/catalog.ttl",
              turtle("<abc 1> a dcat:Dataset ; dct:title \"Arbres\" ; dct:identifier \"abc 1\" .\n" +
                     turtle_dataset("https://data.example/2", "Bancs", " ; dct:identifier \"{2}\"")),
              std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 2}));
  const auto before = ids_of(*shelf_.store);
  EXPECT_EQ(harvest(true).counts, (Counts{.unchanged = 2}));
  EXPECT_EQ(ids_of(*shelf_.store), before);
  tells("10", job);
  portal_.put("/catalog.ttl",
              turtle(turtle_dataset("https://data.example/1", "Arbres", " ; dct:identifier \"abc 1\"") +
                     turtle_dataset("https://data.example/2", "Bancs", " ; dct:identifier \"{2}\"")),
              std::string(turtle_type));
  clears(job);
  EXPECT_EQ(*shelf_.store->record_count(), 2u);
}

TEST_F(FailureMode, 11ARelativeIdIsResolvedAgainstItsPageAndNeverAgainstADisk) {
  const auto page = [](std::string_view type) {
    return R"({"@context":{"dct":"http://purl.org/dc/terms/","dcat":"http://www.w3.org/ns/dcat#"},"@id":"d/1",)"
           R"("@type":"dcat:Dataset","dct:title":"Arbres","dcat:distribution":{"@type":"dcat:Distribution",)"
           R"("dcat:accessURL":{"@id":"https://data.example/f.json"},"dct:format":{"@id":")" +
           std::string(type) + "\"}}}";
  };
  portal_.put("/catalog.jsonld", page("ftype/JSON"), "application/ld+json");
  source("dcat", "/catalog.jsonld");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  EXPECT_EQ(remote_ids(), std::set<std::string>{portal_.url("/d/1")});
  const auto json = shelf_.store->changes(0, 10, true)->changes.front().record->json;
  EXPECT_EQ(json.find("file:"), std::string::npos) << json;
  EXPECT_EQ(dcat::distributions(record(portal_.url("/d/1"))).front().format->iri, portal_.url("/ftype/JSON"));
  tells("11", job);
}

TEST_F(FailureMode, 12AnIdentifierThatChangesMovesTheRecord) {
  const auto page = [](std::string_view prefix) {
    std::string records;
    for (int i = 0; i < 30; ++i)
      records +=
          (i ? "," : "") + data_json_dataset(std::string(prefix) + std::to_string(i), "Jeu " + std::to_string(i));
    return data_json(records);
  };
  portal_.put("/data.json", page("https://hub.example/datasets/"), std::string(json_type));
  source("data-json", "/data.json");
  EXPECT_EQ(harvest().counts, (Counts{.created = 30}));
  const auto before = ids_of(*shelf_.store);
  portal_.put("/data.json", page("https://hub.example/maps/about/"), std::string(json_type));
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.moved = 30}));
  EXPECT_EQ(ids_of(*shelf_.store), before);
  tells("12", job);
}

TEST_F(FailureMode, 13BlankNodesKeepTheirRecordsWhateverTheyAreCalled) {
  const auto page = [](std::string_view a, std::string_view b) {
    return turtle("[] a dcat:Catalog ; dcat:dataset _:" + std::string(a) + ", _:" + std::string(b) + " .\n_:" +
                  std::string(a) + " a dcat:Dataset ; dct:title \"Arbres\" ; dcat:distribution _:f" + std::string(a) +
                  " .\n_:f" + std::string(a) + " dcat:accessURL <https://data.example/f> .\n_:" + std::string(b) +
                  " a dcat:Dataset ; dct:title \"Bancs\" .\n");
  };
  portal_.put("/catalog.ttl", page("x", "y"), std::string(turtle_type));
  source("dcat", "/catalog.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 2}));
  const auto before = ids_of(*shelf_.store);
  portal_.put("/catalog.ttl", page("genid7", "genid1"), std::string(turtle_type));
  EXPECT_EQ(harvest().counts, (Counts{.unchanged = 2}));
  EXPECT_EQ(ids_of(*shelf_.store), before);
  tells("13", job);
}

// Whatever the kind, and the order they are listed in.
TEST_F(FailureMode, 14OfTwoRecordsWithOneIdentifierTheBetterStaysAndTheOtherIsTold) {
  portal_.put("/data.json",
              data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs") + "," +
                        data_json_dataset("1", "Canaux", R"(,"description":"Tous les canaux, biefs et écluses.")")),
              std::string(json_type));
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 2, .skipped = 1}));
  EXPECT_EQ(remote_ids(), (std::set<std::string>{"1", "2"}));
  EXPECT_EQ(dcat::resource(record("1")).title.front().value, "Canaux");
  tells("14", job);
  EXPECT_EQ(harvest(true).counts, (Counts{.unchanged = 2, .skipped = 1}));  // the same one is kept every time
  portal_.put("/data.json",
              data_json(data_json_dataset("1", "Arbres") + "," + data_json_dataset("2", "Bancs") + "," +
                        data_json_dataset("3", "Canaux")),
              std::string(json_type));
  clears(job);
  EXPECT_EQ(remote_ids().size(), 3u);
}

TEST_F(FailureMode, 14TheBetterStaysOfTwoRecordsOfACatalogueService) {
  const std::string poor = iso_record("a", "Arbres"), rich = iso_record("a", "Arbres remarquables de la ville");
  std::string listed = poor + iso_record("b", "Bancs") + rich;
  Script script;
  script.before = [&](const http::Request&) -> std::optional<http::Response> {
    return answer(200, csw_answer(listed, "numberOfRecordsMatched=\"3\" nextRecord=\"0\""), xml_type);
  };
  portal_.script(script);
  source("csw", "/csw");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 2, .skipped = 1}));
  EXPECT_EQ(row(job, "duplicate_id").remote_id, "a");
  EXPECT_EQ(dcat::resource(record("a")).title.front().value, "Arbres remarquables de la ville");
  listed = rich + iso_record("b", "Bancs") + poor;
  EXPECT_EQ(harvest(true).counts, (Counts{.unchanged = 2, .skipped = 1}));
  EXPECT_EQ(dcat::resource(record("a")).title.front().value, "Arbres remarquables de la ville");
}

TEST_F(FailureMode, 14TheBetterStaysOfTwoRecordsOnTwoPagesOfACatalog) {
  const auto second = portal_.url("/2.ttl");
  const auto next = [&](std::string_view url) {
    return "<" + portal_.url("/1.ttl") + "> hydra:next <" + std::string(url) + "> .\n";
  };
  const auto poor = turtle_dataset("https://data.example/a", "Arbres"),
             rich = turtle_dataset("https://data.example/a", "Arbres remarquables de la ville");
  portal_.put("/1.ttl", turtle(next(second) + poor + turtle_dataset("https://data.example/b", "Bancs")),
              std::string(turtle_type));
  portal_.put("/2.ttl", turtle(rich + turtle_dataset("https://data.example/b", "Bancs")), std::string(turtle_type));
  source("dcat", "/1.ttl");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 2, .skipped = 1})) << "the benches are one record on two pages";
  EXPECT_EQ(row(job, "duplicate_id").remote_id, "https://data.example/a");
  EXPECT_EQ(dcat::resource(record("https://data.example/a")).title.front().value, "Arbres remarquables de la ville");
  EXPECT_EQ(harvest(true).counts, (Counts{.unchanged = 2, .skipped = 1}));
}

TEST_F(FailureMode, 15TitlesThatAreAlikeStayRecordsOfTheirOwn) {
  const std::string title(140, 'a');
  portal_.put("/data.json",
              data_json(data_json_dataset("1", title + " 2023") + "," + data_json_dataset("2", title + " 2024") + "," +
                        data_json_dataset("3", title + " 2024")),
              std::string(json_type));
  source("data-json", "/data.json");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 3}));
  source_.id = "other";
  source("data-json", "/data.json");
  EXPECT_EQ(harvest().counts, (Counts{.created = 3}));
  EXPECT_EQ(ids_of(*shelf_.store).size(), 6u);
  tells("15", job);
}

TEST_F(FailureMode, 16DistributionsUnderNewIdsMakeNoNewRecord) {
  const auto package = [](std::string_view resource) {
    return R"({"success":true,"result":{"count":1,"results":[{"id":"a","name":"arbres","title":"Arbres",)"
           R"("metadata_modified":"2024-05-01T00:00:00","resources":[{"id":")" +
           std::string(resource) + R"(","url":"https://data.example/f.csv","format":"CSV"}]}]}})";
  };
  portal_.put("/api/3/action/package_search", package("r1"), std::string(json_type));
  source("ckan", "");
  EXPECT_EQ(harvest().counts, (Counts{.created = 1}));
  const auto before = ids_of(*shelf_.store);
  portal_.put("/api/3/action/package_search", package("r2"), std::string(json_type));
  const auto job = harvest(true);
  EXPECT_EQ(job.counts, (Counts{.updated = 1}));
  EXPECT_EQ(ids_of(*shelf_.store), before);
  EXPECT_EQ(dcat::distributions(record("a")).size(), 1u);
  tells("16", job);
}

TEST_F(FailureMode, 17WhatAnAggregatorCopiedKeepsTheTracesOfItsOrigin) {
  portal_.put("/api/3/action/package_search",
              R"({"success":true,"result":{"count":1,"results":[{"id":"copy","name":"copy","title":"Arbres","extras":[)"
              R"({"key":"guid","value":"https://origin.example/d/1"},)"
              R"({"key":"harvest_remote_url","value":"https://origin.example/d/1"}]}]}})",
              std::string(json_type));
  source("ckan", "");
  const auto job = harvest();
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  const auto resource = dcat::resource(record("copy"));
  EXPECT_EQ(resource.other_identifier, std::vector<std::string>{"https://origin.example/d/1"});
  EXPECT_EQ(resource.source, std::vector<dcat::Iri>{{"https://origin.example/d/1"}});
  tells("17", job);
}

TEST_F(FailureMode, 18ACatalogRecordUnderItsDatasetsIriIsNoSecondRecord) {
  portal_.put("/catalog.rdf",
              rdf_xml("<dcat:Catalog rdf:about=\"https://geo.example/\"><dcat:record>"
                      "<dcat:CatalogRecord rdf:about=\"https://geo.example/d/1\">"
                      "<foaf:primaryTopic rdf:resource=\"https://geo.example/d/1\"/>"
                      "<dct:modified>2024-05-01</dct:modified></dcat:CatalogRecord></dcat:record>"
                      "<dcat:dataset rdf:resource=\"https://geo.example/d/1\"/></dcat:Catalog>" +
                      rdf_xml_dataset("https://geo.example/d/1", "Arbres")),
              std::string(rdf_type));
  source("dcat", "/catalog.rdf");
  const auto job = harvest();
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_EQ(job.counts, (Counts{.created = 1}));
  EXPECT_EQ(remote_ids(), std::set<std::string>{"https://geo.example/d/1"});
  tells("18", job);
}

}  // namespace
}  // namespace moisson::test
