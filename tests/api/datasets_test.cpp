#include "catalog.h"

#include <moisson/core/uuid.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace moisson::api {
namespace {

std::string text(json::View view) { return view.text(); }

class Datasets : public ::testing::Test {
 protected:
  Datasets() {
    catalog_.add_source("alpha", "Alpha & co");
    catalog_.harvest("alpha",
                     {{"a", "Qualité de l'eau potable"}, {"b", "Lignes de bus", "TRAN"}, {"c", "Eau des lacs"}});
    catalog_.project();
  }
  Catalog catalog_;
};

TEST_F(Datasets, AnswerASearchWithTheKeysOfTheContract) {
  const auto reply = catalog_.get("/api/v1/datasets?q=eau&facets=theme,source&page_size=1");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto root = reply.root();
  EXPECT_EQ(root["total"].integer(), 2);
  EXPECT_EQ(root["page"].integer(), 1);
  EXPECT_EQ(root["page_size"].integer(), 1);
  for (const char* key : {"next_cursor", "did_you_mean", "corrected", "words_matched", "also_searched"})
    EXPECT_TRUE(root[key].exists()) << key;
  ASSERT_EQ(root["results"].size(), 1u);
  const auto hit = root["results"][std::size_t{0}];
  for (const char* key :
       {"id", "title", "description", "snippet", "publisher", "source", "also_in", "modified", "issued", "formats",
        "licence", "themes", "keywords", "language", "url", "landing_page", "score"})
    EXPECT_TRUE(hit[key].exists()) << key;
  EXPECT_EQ(text(hit["source"]["title"]), "Alpha & co");
  EXPECT_EQ(text(hit["url"]), "http://catalog.example/datasets/" + text(hit["id"]));
  EXPECT_EQ(text(hit["modified"]), "2024-01-02");
  const auto themes = root["facets"]["theme"];
  ASSERT_EQ(themes.size(), 1u);
  EXPECT_EQ(text(themes[std::size_t{0}]["value"]), "ENVI");
  EXPECT_EQ(themes[std::size_t{0}]["count"].integer(), 2);
  EXPECT_THAT(std::string(reply.headers.get("Server-Timing")), ::testing::HasSubstr("search;dur="));
}

TEST_F(Datasets, ReadEverythingByCursorOnce) {
  std::set<std::string> seen;
  std::string cursor = "0";
  int pages = 0;
  while (!cursor.empty() && ++pages < 10) {
    const auto reply = catalog_.get("/api/v1/datasets?page_size=2&cursor=" + cursor);
    for (json::View hit : reply.root()["results"].items()) EXPECT_TRUE(seen.insert(text(hit["id"])).second);
    cursor = text(reply.root()["next_cursor"]);
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST_F(Datasets, TagAListByItsQueryAndByTheIndex) {
  const auto etag = [&](const char* target) { return std::string(catalog_.get(target).headers.get("ETag")); };
  const std::string before = etag("/api/v1/datasets?q=eau");
  EXPECT_NE(before, "");
  EXPECT_EQ(before, etag("/api/v1/datasets?utm_source=x&q=eau&page=1"));
  EXPECT_NE(before, etag("/api/v1/datasets?q=air"));
  EXPECT_NE(before, etag("/api/v1/datasets?q=eau&lang=en"));
  EXPECT_EQ(catalog_.get("/api/v1/datasets?q=eau", {{"If-None-Match", before}}).status, 304);
  catalog_.harvest("alpha", {{"a", "Qualité de l'eau"}});
  catalog_.project();
  EXPECT_EQ(catalog_.get("/api/v1/datasets?q=eau", {{"If-None-Match", before}}).status, 200);
}

TEST_F(Datasets, ThatSeveralPortalsHaveAreOneResultAndEachRecordSaysWhy) {
  catalog_.add_source("beta", "Beta");
  catalog_.harvest("beta", {{"a", "Eau potable"}});  // the page is that of alpha's record
  catalog_.project();
  const std::string leader = record_uuid("alpha", "a"), copy = record_uuid("beta", "a");
  const auto found = catalog_.get("/api/v1/datasets?q=potable&facets=source");
  ASSERT_EQ(found.root()["total"].integer(), 1);
  const auto hit = found.root()["results"][std::size_t{0}];
  EXPECT_EQ(text(hit["id"]), leader);
  ASSERT_EQ(hit["also_in"].size(), 1u);
  const auto other = hit["also_in"][std::size_t{0}];
  EXPECT_EQ(text(other["id"]), copy);
  EXPECT_EQ(text(other["url"]), "http://catalog.example/datasets/" + copy);
  EXPECT_EQ(text(other["source"]["title"]), "Beta");
  EXPECT_EQ(text(catalog_.get("/api/v1/datasets?source=beta").root()["results"][std::size_t{0}]["id"]), copy);

  const auto shown = catalog_.get("/api/v1/datasets/" + copy);
  const auto family = shown.root()["family"];
  EXPECT_EQ(text(family["leader"]), leader);
  ASSERT_EQ(family["copies"].size(), 1u);
  const auto original = family["copies"][std::size_t{0}];
  EXPECT_EQ(text(original["id"]), leader);
  EXPECT_EQ(original["leads"].boolean(), true);
  EXPECT_EQ(original["via_another_copy"].boolean(), false);
  const auto why = original["why"][std::size_t{0}];
  EXPECT_EQ(text(why["here"]), text(why["there"]));
  const auto alone = catalog_.get("/api/v1/datasets/" + record_uuid("alpha", "b"));
  EXPECT_EQ(text(alone.root()["family"]["leader"]), record_uuid("alpha", "b"));
  EXPECT_EQ(alone.root()["family"]["copies"].size(), 0u);
}

TEST_F(Datasets, AreEachGivenToThoseWhoTakeThemAway) {
  catalog_.add_source("beta", "Beta");
  catalog_.harvest("beta", {{"a", "Eau potable"}});
  catalog_.project();
  const std::string copy = record_uuid("beta", "a"), leader = record_uuid("alpha", "a");
  for (const char* target : {"/datasets.csv", "/dumps/datasets.csv", "/catalog.nt", "/api/3/action/package_list"}) {
    const auto body = catalog_.get(target).body;
    EXPECT_NE(body.find(copy), std::string::npos) << target;
    EXPECT_NE(body.find(leader), std::string::npos) << target;
  }
  EXPECT_EQ(catalog_.get("/api/3/action/package_search?q=potable").root()["result"]["count"].integer(), 2);
}

TEST_F(Datasets, NeverFailOnHostileText) {
  std::string long_text = "/api/v1/datasets?q=";
  for (int i = 0; i < 10'000; ++i) long_text += 'a';
  const auto too_long = catalog_.get(long_text);
  EXPECT_EQ(too_long.status, 400);
  EXPECT_EQ(text(too_long.root()["field"]), "q");
  for (const char* q :
       {"%22", "((((", "AND+OR", "NOT", "%ff%fe", "*", "a:b:c", "-", "%22a+b", "%00", "'", "title:", "%F0%9F%92%A7"})
    EXPECT_EQ(catalog_.get(std::string("/api/v1/datasets?q=") + q).status, 200) << q;
}

TEST_F(Datasets, NameTheParameterThatIsWrong) {
  for (const char* query : {"page=0", "page_size=101", "sort=x", "facets=x", "bbox=1", "modified_from=x", "cursor=x"}) {
    const auto reply = catalog_.get(std::string("/api/v1/datasets?") + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
    EXPECT_EQ(text(reply.root()["field"]), std::string(query).substr(0, std::string(query).find('=')));
    EXPECT_EQ(reply.root()["status"].integer(), 400);
  }
}

TEST_F(Datasets, ShowAWholeRecordAndWhereItComesFrom) {
  const std::string id = record_uuid("alpha", "a");
  const auto reply = catalog_.get("/api/v1/datasets/" + id);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(text(reply.root()["id"]), id);
  EXPECT_EQ(text(reply.root()["record"]["title"][std::size_t{0}]["value"]), "Qualité de l'eau potable");
  const auto provenance = reply.root()["provenance"];
  EXPECT_EQ(text(provenance["source"]["id"]), "alpha");
  EXPECT_EQ(text(provenance["remote_id"]), "a");
  EXPECT_EQ(text(provenance["remote_url"]), "https://portal.example/a");
  for (const char* key : {"first_seen", "last_seen", "last_changed"})
    EXPECT_EQ(text(provenance[key]), "2024-05-01T00:00:00Z") << key;
  EXPECT_EQ(catalog_.get("/api/v1/datasets/" + id, {{"If-None-Match", std::string(reply.headers.get("ETag"))}}).status,
            304);
}

TEST_F(Datasets, ShowTheRecordAsItCame) {
  const auto reply = catalog_.get("/api/v1/datasets/" + record_uuid("alpha", "b") + "/raw");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"title\":\"Lignes de bus\"}");
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/json; charset=utf-8");
}

TEST_F(Datasets, GiveARecordAsLinkedData) {
  const std::string page = "http://catalog.example/datasets/" + record_uuid("alpha", "a");
  const std::string address = "/datasets/" + record_uuid("alpha", "a");
  for (auto [ending, type] : {std::pair{"ttl", "text/turtle"},
                              {"nt", "application/n-triples"},
                              {"rdf", "application/rdf+xml"},
                              {"jsonld", "application/ld+json"}}) {
    const auto reply = catalog_.get(address + "." + ending);
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers.get("Content-Type"), std::string(type) + "; charset=utf-8");
    EXPECT_THAT(reply.body, ::testing::HasSubstr("Qualité de l'eau potable"));
    EXPECT_THAT(reply.body, ::testing::HasSubstr(page));
  }
  EXPECT_EQ(text(catalog_.get(address + ".json").root()["id"]), record_uuid("alpha", "a"));
  EXPECT_EQ(catalog_.get(address + ".exe").status, 404);
  EXPECT_EQ(catalog_.get("/datasets/" + random_uuid() + ".ttl").status, 404);
}

TEST_F(Datasets, TellUnknownFromRemoved) {
  EXPECT_EQ(catalog_.get("/api/v1/datasets/" + random_uuid()).status, 404);
  EXPECT_EQ(catalog_.get("/api/v1/datasets/nonsense").status, 404);
  catalog_.harvest("alpha", {{"a", "Qualité de l'eau potable"}});
  EXPECT_EQ(catalog_.get("/api/v1/datasets/" + record_uuid("alpha", "b")).status, 410);
}

TEST_F(Datasets, SuggestWhatBeginsLikeThat) {
  const auto reply = catalog_.get("/api/v1/suggest?q=qual&limit=5");
  ASSERT_EQ(reply.status, 200);
  ASSERT_GE(reply.root()["suggestions"].size(), 1u) << reply.body;
  EXPECT_EQ(catalog_.get("/api/v1/suggest?q=a&limit=21").status, 400);
  EXPECT_EQ(catalog_.get("/api/v1/suggest").status, 200);
}

TEST(DatasetsBeforeAnIndex, AskToComeBack) {
  const Catalog catalog;
  for (const char* target : {"/api/v1/datasets", "/api/v1/suggest?q=a", "/datasets.csv", "/readyz"}) {
    const auto reply = catalog.get(target);
    EXPECT_EQ(reply.status, 503) << target;
  }
}

}  // namespace
}  // namespace moisson::api
