#include "catalog.h"

#include "rdf/graph.h"
#include "rdf/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace moisson::api {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Dumps : public ::testing::Test {
 protected:
  Dumps() {
    catalog_.add_source("alpha", "Alpha");
    std::vector<Sheet> sheets;
    for (int i = 0; i < 130; ++i) sheets.push_back({"r" + std::to_string(i), "Eau ; " + std::to_string(i)});
    catalog_.harvest("alpha", sheets);
    catalog_.project();
  }
  static auto lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
  Catalog catalog_;
};

TEST_F(Dumps, HoldEveryRecord) {
  EXPECT_EQ(lines(catalog_.get("/dumps/datasets.csv").body), 131);
  EXPECT_EQ(lines(catalog_.get("/dumps/records.jsonl").body), 130);
  EXPECT_EQ(lines(catalog_.get("/dumps/sources.csv").body), 2);
  EXPECT_THAT(catalog_.get("/dumps/distributions.csv").body, StartsWith("dataset_id,source,position,title,format,"));
  EXPECT_EQ(catalog_.get("/dumps/secrets.csv").status, 404);
  const auto first = catalog_.get("/dumps/records.jsonl").body;
  const auto line = json::Document::parse(first.substr(0, first.find('\n')));
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->root()["record"]["title"][std::size_t{0}]["value"].text(), "Eau ; 0");
}

TEST_F(Dumps, OfDataSetsAreTheFileThatASearchForEverythingGives) {
  EXPECT_EQ(catalog_.get("/dumps/datasets.csv").body, catalog_.get("/datasets.csv").body);
}

TEST_F(Dumps, SayTheSameInEverySyntaxOfLinkedData) {
  std::size_t size = 0;
  for (auto [name, syntax] : {std::pair{"catalog.nt", rdf::Syntax::ntriples},
                              {"catalog.ttl", rdf::Syntax::turtle},
                              {"catalog.rdf", rdf::Syntax::rdf_xml},
                              {"catalog.jsonld", rdf::Syntax::json_ld}}) {
    const std::string text = catalog_.get(std::string("/dumps/") + name).body;
    rdf::Graph graph;
    rdf::GraphLoader loader(graph);
    ASSERT_TRUE(rdf::read(text, syntax, "http://catalog.example/", loader, {true})) << name;
    graph.index();
    const auto type = graph.find_iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    EXPECT_EQ(graph.with(type, graph.find_iri("http://www.w3.org/ns/dcat#Dataset")).size(), 130u) << name;
    EXPECT_EQ(graph.with(type, graph.find_iri("http://www.w3.org/ns/dcat#CatalogRecord")).size(), 130u) << name;
    if (size != 0) {
      EXPECT_EQ(graph.size(), size) << name;
    }
    size = graph.size();
  }
}

TEST_F(Dumps, NeverTellThePasswordOfAPortal) {
  for (const char* name : {"sources.csv", "catalog.nt"})
    EXPECT_EQ(catalog_.get(std::string("/dumps/") + name).body.find("password"), std::string::npos) << name;
}

TEST_F(Dumps, GoOnWhereTheyWereCut) {
  for (const char* name : {"datasets.csv", "distributions.csv", "records.jsonl", "catalog.nt", "catalog.ttl",
                           "catalog.rdf", "catalog.jsonld"}) {
    const std::string address = std::string("/dumps/") + name;
    const auto whole = catalog_.get(address);
    const std::string tag(whole.headers.get("ETag"));
    const std::size_t cut = whole.body.size() / 3;
    const auto rest = catalog_.get(address, {{"Range", "bytes=" + std::to_string(cut) + "-"}, {"If-Range", tag}});
    EXPECT_EQ(rest.status, 206) << name;
    EXPECT_EQ(whole.body.substr(0, cut) + rest.body, whole.body) << name;
    const std::string size = std::to_string(whole.body.size());
    EXPECT_EQ(rest.headers.get("Content-Range"),
              "bytes " + std::to_string(cut) + "-" + std::to_string(whole.body.size() - 1) + "/" + size);
    const auto beyond = catalog_.get(address, {{"Range", "bytes=" + size + "-"}});
    EXPECT_EQ(beyond.status, 416) << name;
    EXPECT_EQ(beyond.headers.get("Content-Range"), "bytes */" + size);
  }
}

TEST_F(Dumps, AreGivenWholeOnceTheCatalogHasChanged) {
  const std::string tag(catalog_.get("/dumps/records.jsonl").headers.get("ETag"));
  EXPECT_EQ(catalog_.get("/dumps/records.jsonl", {{"If-None-Match", tag}}).status, 304);
  catalog_.harvest("alpha", {{"r0", "Air"}});
  const auto after = catalog_.get("/dumps/records.jsonl", {{"Range", "bytes=10-"}, {"If-Range", tag}});
  EXPECT_EQ(after.status, 200);
  EXPECT_EQ(lines(after.body), 1);
  EXPECT_NE(after.headers.get("ETag"), tag);
}

TEST_F(Dumps, SuitSpreadsheetsOnRequest) {
  const auto plain = catalog_.get("/dumps/datasets.csv");
  const auto table = catalog_.get("/dumps/datasets.csv?delimiter=;&bom=1");
  EXPECT_THAT(table.body, StartsWith("\xEF\xBB\xBFid;type;title;"));
  EXPECT_THAT(table.body, HasSubstr(";\"Eau ; 5\";"));
  EXPECT_NE(plain.headers.get("ETag"), table.headers.get("ETag"));
  EXPECT_THAT(catalog_.get("/datasets.csv?delimiter=;&bom=1").body, StartsWith("\xEF\xBB\xBFid;type;title;"));
  EXPECT_EQ(catalog_.get("/dumps/datasets.csv?delimiter=x").status, 400);
}

}  // namespace
}  // namespace moisson::api
