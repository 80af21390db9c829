#include "catalog.h"

#include "dcat/canonical_json.h"
#include "harvesters/dcat.h"
#include "rdf/graph.h"
#include "rdf/hydra.h"
#include "rdf/reader.h"
#include "tests/harvesters/collecting_sink.h"

#include <moisson/core/uuid.h>
#include <moisson/dcat/properties.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <type_traits>
#include <vector>

namespace moisson::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view base = "http://catalog.example";
constexpr std::string_view dcat_ns = "http://www.w3.org/ns/dcat#";

// A record of a portal's RDF page, with a blank distribution and a property that nobody models.
harvest::RawSource raw_page(const std::string& name) {
  const std::string iri = "http://portal.example/set/" + name;
  const auto line = [&](const std::string& subject, const std::string& predicate, const std::string& object) {
    return subject + " <" + predicate + "> " + object + " .\n";
  };
  const std::string dct = "http://purl.org/dc/terms/", dcat(dcat_ns);
  const std::string set = "<" + iri + ">", type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  return {"text/turtle",
          line("_:b0", dcat + "downloadURL", "<http://portal.example/" + name + ".csv>") +
              line("_:b0", type, "<" + dcat + "Distribution>") +
              line(set, "http://portal.example/ns#colour", "\"bleu\"") +
              line(set, dct + "title", "\"" + name + "\"@fr") +
              line(set, dct + "description", "\"Tout sur " + name + "\"@fr") +
              line(set, dcat + "distribution", "_:b0") + line(set, type, "<" + dcat + "Dataset>"),
          "http://portal.example/catalog.ttl", set};
}

// Answers the harvester from the routes themselves.
class Routes final : public net::Fetcher {
 public:
  explicit Routes(const Catalog& catalog) : catalog_(catalog) {}
  Result<net::FetchAnswer> fetch(const net::FetchRequest& request, const net::BodySink& sink) override {
    auto reply = catalog_.get(std::string_view(request.url).substr(base.size()));
    ++asked;
    net::FetchAnswer answer;
    answer.status = reply.status;
    answer.final_url = request.url;
    answer.content_type = reply.headers.get("Content-Type");
    if (auto taken = sink(reply.body, true); !taken) return taken.error();
    return answer;
  }
  int asked = 0;

 private:
  const Catalog& catalog_;
};

class CatalogExport : public ::testing::Test {
 protected:
  CatalogExport() {
    catalog_.add_source("alpha", "Alpha & co");
    catalog_.add_source("beta", "Beta");
    std::vector<Sheet> sheets;
    for (int i = 0; i < 7; ++i) sheets.push_back({"r" + std::to_string(i), "Eau " + std::to_string(i)});
    catalog_.harvest("alpha", sheets);
    std::vector<harvest::HarvestedRecord> records;
    for (const char* name : {"lac", "mer", "rive"})
      records.push_back(harvesters::dcat_harvester().map({}, raw_page(name)).value());
    catalog_.harvest_records("beta", std::move(records));
    catalog_.project();
  }
  static rdf::Graph graph(const std::string& document, rdf::Syntax syntax = rdf::Syntax::turtle) {
    rdf::Graph graph;
    rdf::GraphLoader loader(graph);
    EXPECT_TRUE(rdf::read(document, syntax, "http://catalog.example/catalog", loader).has_value()) << document;
    graph.index();
    return graph;
  }
  static std::size_t typed(const rdf::Graph& graph, std::string_view name) {
    return graph
        .with(graph.find_iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
              graph.find_iri(std::string(dcat_ns).append(name)))
        .size();
  }
  Catalog catalog_;
};

TEST_F(CatalogExport, SaysTheSameInEverySyntax) {
  std::set<std::size_t> sizes;
  for (auto [ending, syntax] : {std::pair{"ttl", rdf::Syntax::turtle},
                                {"nt", rdf::Syntax::ntriples},
                                {"rdf", rdf::Syntax::rdf_xml},
                                {"jsonld", rdf::Syntax::json_ld}}) {
    const auto reply = catalog_.get(std::string("/catalog.") + ending + "?page_size=500");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto page = graph(reply.body, syntax);
    EXPECT_EQ(typed(page, "Dataset"), 10u);
    EXPECT_EQ(typed(page, "CatalogRecord"), 10u);
    EXPECT_EQ(typed(page, "Catalog"), 3u);
    sizes.insert(page.size());
  }
  EXPECT_EQ(sizes.size(), 1u);
  EXPECT_EQ(catalog_.get("/catalog.exe").status, 404);
  EXPECT_EQ(catalog_.get("/catalog.ttl?page_size=501").status, 400);
}

TEST_F(CatalogExport, LeadsThroughItsPagesWhileTheCatalogChanges) {
  std::string address = "/catalog.ttl?page_size=3";
  std::set<std::string> topics;
  int pages = 0;
  while (!address.empty() && ++pages < 9) {
    const auto page = graph(catalog_.get(address).body);
    const auto topic = page.find_iri("http://xmlns.com/foaf/0.1/primaryTopic");
    for (const auto position : page.with(topic))
      EXPECT_TRUE(topics.emplace(page.term(page.triples()[position].object).text).second);
    const auto paging = rdf::paging(page, std::string(base) + address);
    EXPECT_EQ(paging.total, 10u);
    address = paging.next.empty() ? "" : paging.next.substr(base.size());
    if (pages == 1) {  // changes that add and remove nothing
      catalog_.clock().turn(std::chrono::hours(1));
      catalog_.harvest("alpha", {{"r0", "Eau 0"},
                                 {"r1", "Neu"},
                                 {"r2", "Eau 2"},
                                 {"r3", "Eau 3"},
                                 {"r4", "Neu 4"},
                                 {"r5", "Eau 5"},
                                 {"r6", "Eau 6"}});
      catalog_.project();
    }
  }
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(topics.size(), 10u);
}

TEST_F(CatalogExport, GivesWhatChangedSince) {
  catalog_.clock().turn(std::chrono::hours(24));
  catalog_.harvest("beta", {{"neu", "Neuf"}});
  catalog_.project();
  const auto page = graph(catalog_.get("/catalog.ttl?modified_since=2024-05-01T12:00:00Z").body);
  EXPECT_EQ(typed(page, "CatalogRecord"), 1u);
  EXPECT_EQ(typed(graph(catalog_.get("/catalog.ttl?source=alpha").body), "CatalogRecord"), 7u);
  EXPECT_EQ(catalog_.get("/catalog.ttl?modified_since=x").status, 400);
}

TEST_F(CatalogExport, GivesWhatWasHarvestedAsRdfBackWhole) {
  const auto reply = catalog_.get("/datasets/" + record_uuid("beta", "http://portal.example/set/lac") + ".nt");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("<http://portal.example/set/lac> <http://portal.example/ns#colour> \"bleu\""));
  EXPECT_THAT(reply.body, HasSubstr("dcat#accessURL> <http://portal.example/lac.csv>"));
  const auto page = graph(reply.body, rdf::Syntax::ntriples);
  EXPECT_EQ(typed(page, "Distribution"), 1u);
  EXPECT_EQ(typed(page, "CatalogRecord"), 1u);
}

TEST_F(CatalogExport, GivesAWordThatStandsWhereANodeBelongsAsANodeThatSaysIt) {
  auto raw = raw_page("port");
  raw.bytes +=
      "<http://portal.example/set/port> <http://purl.org/dc/terms/license> \"Licence Ouverte\"@fr .\n"
      "<http://portal.example/set/port> <http://purl.org/dc/terms/publisher> \"Le Havre\" .\n"
      "<http://portal.example/set/port> <http://www.w3.org/ns/dcat#landingPage> \"http://portal.example/port\" .\n";
  std::vector<harvest::HarvestedRecord> records;
  records.push_back(harvesters::dcat_harvester().map({}, raw).value());
  catalog_.harvest_records("beta", std::move(records));
  const auto page =
      graph(catalog_.get("/datasets/" + record_uuid("beta", "http://portal.example/set/port") + ".ttl").body);
  const auto object = [&](std::string_view subject, const std::string& predicate) {
    const auto about = page.about(page.find_iri(subject), page.find_iri(predicate));
    EXPECT_EQ(about.size(), 1u) << predicate;
    return about.empty() ? rdf::no_term : about.front().object;
  };
  const std::string set = "http://portal.example/set/port", dct = "http://purl.org/dc/terms/";
  const auto says = [&](rdf::TermId node, std::string_view predicate, const rdf::TermView& word) {
    return page.contains({node, page.find_iri(predicate), page.find(word)});
  };
  EXPECT_TRUE(says(object(set, dct + "license"), "http://www.w3.org/2000/01/rdf-schema#label",
                   rdf::literal("Licence Ouverte", {}, "fr")));
  EXPECT_TRUE(says(object(set, dct + "publisher"), "http://xmlns.com/foaf/0.1/name", rdf::literal("Le Havre")));
  EXPECT_EQ(page.term(object(set, std::string(dcat_ns) + "landingPage")).text, "http://portal.example/port");
}

TEST_F(CatalogExport, GivesSizesAddressesAndDrawingsAsDcatApHasThem) {
  const std::string set = "<http://portal.example/set/cap>", dcat = "<" + std::string(dcat_ns),
                    dct = "<http://purl.org/dc/terms/";
  const std::string wkt = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>",
                    place = "<http://id.insee.fr/geo/commune/35238>";
  const std::string polygon = R"({\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,2],[3,4],[1,4],[1,2]]]})";
  auto raw = raw_page("cap");
  raw.bytes += "_:b0 " + dcat + "byteSize> \"685246.0\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n" + "_:b0 " +
               dcat + "accessService> _:elsewhere .\n" + set + " " + dcat + "distribution> _:b1 .\n_:b1 " + dcat +
               "downloadURL> \"http://portal.example/cap.json\" .\n" + set + " " + dct + "spatial> " + place +
               ", _:p .\n" + place + " " + dcat + "bbox> \"POLYGON((5 6,7 6,7 8,5 8,5 6))\"" + wkt + " .\n" + "_:p " +
               dcat + "bbox> \"POLYGON((1 2,3 2,3 4,1 4,1 2))\"" + wkt + " .\n" + "_:p " + dcat + "bbox> \"" + polygon +
               "\" .\n" + "_:p " + dcat +
               "bbox> \"<gml:Envelope/>\"^^<http://www.opengis.net/ont/geosparql#gmlLiteral> .\n" +
               "_:p <http://www.w3.org/ns/locn#geometry> \"POLYGON((1 2,3 2,3 4,1 2))\"" + wkt + " .\n" +
               "_:p <http://www.w3.org/ns/locn#geometry> \"" + polygon + "\" .\n";
  // Its N-Triples hold no lists of objects.
  raw.bytes.replace(raw.bytes.find(place + ", _:p"), place.size() + 5,
                    place + " .\n" + set + " " + dct + "spatial> _:p");
  const auto first = harvesters::dcat_harvester().map({}, raw).value();
  std::vector<harvest::HarvestedRecord> records;
  records.push_back(first);
  catalog_.harvest_records("beta", std::move(records));
  const auto reply = catalog_.get("/datasets/" + record_uuid("beta", "http://portal.example/set/cap") + ".nt");
  EXPECT_THAT(reply.body, HasSubstr("byteSize> \"685246\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>"));
  EXPECT_THAT(reply.body, HasSubstr("accessURL> <http://portal.example/cap.json>"));
  EXPECT_THAT(reply.body, HasSubstr("downloadURL> <http://portal.example/cap.json>"));
  EXPECT_THAT(reply.body, Not(HasSubstr("accessService")));
  const auto page = graph(reply.body, rdf::Syntax::ntriples);
  const auto places =
      page.about(page.find_iri("http://portal.example/set/cap"), page.find_iri("http://purl.org/dc/terms/spatial"));
  EXPECT_EQ(places.size(), 3u);  // the address, its drawing, and the other place
  for (const auto& each : places)
    for (const char* once : {"http://www.w3.org/ns/dcat#bbox", "http://www.w3.org/ns/locn#geometry"})
      EXPECT_LE(page.about(each.object, page.find_iri(once)).size(), page.term(each.object).is_iri() ? 0u : 1u) << once;
  // All of it is read back as it was.
  harvest::RawSource again{"text/turtle", reply.body, raw.page_url, set};
  const auto second = harvesters::dcat_harvester().map({}, again).value();
  EXPECT_EQ(dcat::resource(second.record).spatial, dcat::resource(first.record).spatial);
}

TEST_F(CatalogExport, TellsThePlacesThatARecordCameBy) {
  auto record = harvesters::dcat_harvester().map({}, raw_page("quai")).value();
  record.trail = {"https://other.example/datasets/1"};
  std::vector<harvest::HarvestedRecord> records;
  records.push_back(std::move(record));
  catalog_.harvest_records("beta", std::move(records));
  const auto reply = catalog_.get("/datasets/" + record_uuid("beta", "http://portal.example/set/quai") + ".nt");
  EXPECT_THAT(reply.body,
              HasSubstr("#record> <http://www.w3.org/ns/prov#wasDerivedFrom> <https://other.example/datasets/1>"));
}

// What we concluded ourselves does not travel as such: a mirror concludes anew.
template <class Class>
void forget_conclusions(std::optional<Class>& thing);
template <class Class>
void forget_conclusions(std::vector<Class>& things);
template <class Class>
void forget_conclusions(Class& thing) {
  if constexpr (requires { thing.key; }) thing.key.clear();
  if constexpr (requires { thing.territory; }) thing.territory.clear();
  if constexpr (requires { thing.guessed; }) thing.guessed = false;
  dcat::for_each_property<Class>([&](const auto& property) { forget_conclusions(thing.*property.member); });
}
template <class Class>
void forget_conclusions(std::optional<Class>& thing) {
  if constexpr (std::is_same_v<Class, dcat::Concept>)
    if (thing && thing->guessed) thing.reset();
  if (thing) forget_conclusions(*thing);
}
template <class Class>
void forget_conclusions(std::vector<Class>& things) {
  if constexpr (std::is_same_v<Class, dcat::Location>)
    std::erase_if(things, [](const auto& place) { return place.guessed; });
  for (auto& thing : things) forget_conclusions(thing);
}

TEST_F(CatalogExport, ComesBackThroughAHarvestAsItWas) {
  Routes routes(catalog_);
  harvest::HarvestSource source;
  source.id = "mirror";
  source.kind = "dcat";
  source.url = std::string(base) + "/catalog.ttl?page_size=4";
  test::CollectingSink sink;
  const SystemClock clock;
  const auto listing = harvesters::dcat_harvester().harvest({source, routes, clock, {}, false, 0}, sink);
  ASSERT_TRUE(listing.has_value()) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(routes.asked, 3);
  std::set<std::string> here, there;
  for (auto record : catalog_.store().records_after(0, 100).value()) {
    auto canonical = dcat::from_json(record.json).value();
    // Named by us, where its portal gave it no name in RDF.
    if (dcat::resource(canonical).iri.empty())
      dcat::resource(canonical).iri = std::string(base) + "/datasets/" + record.id;
    forget_conclusions(std::get<dcat::Dataset>(canonical));
    // What may be downloaded is given access to (record_graph.h).
    for (auto& file : std::get<dcat::Dataset>(canonical).distribution) file.access_url = file.download_url;
    here.insert(dcat::to_json(canonical));
  }
  for (const auto& record : sink.taken) there.insert(dcat::to_json(record.record));
  EXPECT_EQ(there, here);
}

TEST_F(CatalogExport, SendsEachReaderToTheirFormat) {
  const auto sent = [&](std::string_view accept) {
    const auto reply = catalog_.get("/catalog?theme=ENVI", {{"Accept", std::string(accept)}});
    EXPECT_EQ(reply.status, 303);
    EXPECT_EQ(reply.headers.get("Vary"), "Accept");
    return std::string(reply.headers.get("Location"));
  };
  EXPECT_EQ(sent("*/*"), "http://catalog.example/catalog.ttl?theme=ENVI&cursor=0&page_size=100");
  EXPECT_EQ(sent("application/rdf+xml"), "http://catalog.example/catalog.rdf?theme=ENVI&cursor=0&page_size=100");
  EXPECT_EQ(sent("text/html,*/*;q=0.1"), "http://catalog.example/datasets?theme=ENVI");
}

TEST_F(CatalogExport, IsNotMadeAgainWhileNothingChanges) {
  const auto reply = catalog_.get("/catalog.ttl");
  EXPECT_EQ(catalog_.get("/catalog.ttl", {{"If-None-Match", std::string(reply.headers.get("ETag"))}}).status, 304);
}

}  // namespace
}  // namespace moisson::api
