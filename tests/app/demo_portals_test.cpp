#include "app/demo_portals.h"

#include "core/json.h"
#include "http/router.h"
#include "rdf/graph.h"
#include "rdf/reader.h"

#include <moisson/dcat/properties.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace moisson::app {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Got {
  int status;
  std::string type, body;
};

class DemoPortals : public testing::Test {
 protected:
  Got get(std::string path, http::Parameters query = {}) const {
    http::Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.query = std::move(query);
    auto response = router_.handle(request);
    return {response.status, std::string(response.headers.get("Content-Type")), std::get<std::string>(response.body)};
  }
  Got action(const std::string& name, http::Parameters query = {}) const {
    return get("/communes/api/3/action/" + name, std::move(query));
  }

  http::Router router_{demo_portal_routes()};
};

std::vector<std::string> ids(const std::string& search_answer) {
  const auto document = json::Document::parse(search_answer).value();
  std::vector<std::string> found;
  for (const auto package : document.root()["result"]["results"].items()) found.push_back(package["id"].text());
  return found;
}

TEST_F(DemoPortals, CkanPagesAreDisjointSortedAndWhole) {
  std::vector<std::string> all;
  for (int start = 0;; start += 10) {
    const auto page =
        ids(action("package_search", {{"rows", "10"}, {"start", std::to_string(start)}, {"sort", "id asc"}}).body);
    if (page.empty()) break;
    all.insert(all.end(), page.begin(), page.end());
  }
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  const auto answer = json::Document::parse(action("package_search", {{"rows", "0"}}).body).value();
  EXPECT_EQ(answer.root()["result"]["count"].integer(), static_cast<std::int64_t>(all.size()));
  const auto list = json::Document::parse(action("package_list").body).value();
  EXPECT_EQ(list.root()["result"].size(), all.size());
}

TEST_F(DemoPortals, CkanFiltersByTheDateOfChange) {
  const auto count = [&](const std::string& fq) {
    return ids(action("package_search", {{"rows", "1000"}, {"fq", fq}}).body).size();
  };
  const auto all = count("");
  const auto recent = count("metadata_modified:[2026-01-01T00:00:00Z TO *]");
  const auto older = count("metadata_modified:[* TO 2025-12-31T23:59:59.999Z]");
  EXPECT_GT(recent, 0U);
  EXPECT_GT(older, 0U);
  EXPECT_EQ(recent + older, all);
  EXPECT_EQ(count("metadata_modified:[2199-01-01T00:00:00Z TO NOW]"), 0U);
}

TEST_F(DemoPortals, CkanFiltersByOrganisation) {
  const auto count = [&](const std::string& fq) {
    return ids(action("package_search", {{"rows", "1000"}, {"fq", fq}}).body).size();
  };
  const auto paris = count("organization:\"ville-de-paris\"");
  const auto both = count("organization:(\"ville-de-paris\" OR \"brest-metropole\")");
  EXPECT_GT(paris, 0U);
  EXPECT_EQ(both, paris + count("organization:brest-metropole"));
  EXPECT_EQ(count("-organization:(\"ville-de-paris\" OR \"brest-metropole\")"), count("") - both);
}

TEST_F(DemoPortals, CkanShowsOnePackageByIdOrName) {
  const auto answer = action("package_show", {{"id", "prenoms-a-rennes"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("Prénoms à Rennes"));
  EXPECT_EQ(action("package_show", {{"id", "no-such"}}).status, 404);
}

TEST_F(DemoPortals, CkanErrorsAreThoseOfCkan) {
  EXPECT_EQ(action("package_search", {{"rows", "-1"}}).status, 409);
  EXPECT_THAT(action("package_search", {{"start", "x"}}).body, HasSubstr("Validation Error"));
  EXPECT_EQ(action("package_search", {{"fq", "colour:red"}}).status, 400);
  EXPECT_EQ(action("package_search", {{"sort", "colour asc"}}).status, 400);
  EXPECT_EQ(action("package_show").status, 409);
  EXPECT_THAT(action("package_paint").body, StartsWith("\"Bad request: Action name not known"));
}

TEST_F(DemoPortals, CkanPackagesHaveTitlePublisherAndLicence) {
  const auto answer = json::Document::parse(action("package_search", {{"rows", "1000"}}).body).value();
  std::size_t datasets = 0;
  for (const auto package : answer.root()["result"]["results"].items()) {
    EXPECT_FALSE(package["title"].text().empty());
    EXPECT_FALSE(package["organization"]["title"].text().empty());
    EXPECT_FALSE(package["license_id"].text().empty());
    datasets += package["type"].text() == "dataset";
  }
  EXPECT_EQ(datasets, 38U);
}

// Reads a page with the program's own reader and counts the resources of each class that have title, publisher and
// licence.
struct Count {
  std::size_t datasets = 0, services = 0, series = 0;
};

Count complete_resources(const std::vector<std::string>& pages, rdf::Syntax syntax) {
  rdf::Graph graph;
  for (const auto& page : pages) {
    rdf::GraphLoader loader(graph);
    const auto read = rdf::read(page, syntax, "http://127.0.0.1:1/portal/catalogue", loader, {.strict = true});
    EXPECT_TRUE(read.has_value()) << to_string(read.error());
  }
  graph.index();
  const auto property = [&](std::string_view ns, std::string_view name) {
    return graph.find_iri(std::string(ns) + std::string(name));
  };
  const auto type = property(dcat::ns::rdf, "type"), title = property(dcat::ns::dct, "title"),
             publisher = property(dcat::ns::dct, "publisher"), licence = property(dcat::ns::dct, "license"),
             distribution = property(dcat::ns::dcat, "distribution");
  const auto licensed = [&](rdf::TermId subject) {
    if (!graph.about(subject, licence).empty()) return true;
    for (const auto& triple : graph.about(subject, distribution))
      if (!graph.about(triple.object, licence).empty()) return true;
    return false;
  };
  const auto complete = [&](std::string_view class_name) {
    std::size_t count = 0;
    const auto wanted = property(dcat::ns::dcat, class_name);
    if (wanted == rdf::no_term) return count;
    for (const auto position : graph.with(type, wanted)) {
      const auto subject = graph.triples()[position].subject;
      const bool whole =
          !graph.about(subject, title).empty() && !graph.about(subject, publisher).empty() && licensed(subject);
      EXPECT_TRUE(whole) << graph.term(subject).text;
      count += whole;
    }
    return count;
  };
  return {complete("Dataset"), complete("DataService"), complete("DatasetSeries")};
}

TEST_F(DemoPortals, TurtlePagesLeadFromOneToTheNext) {
  std::vector<std::string> pages;
  for (const char* page : {"", "2", "3"}) {
    const auto got = get("/national/catalogue.ttl", *page ? http::Parameters{{"page", page}} : http::Parameters{});
    EXPECT_EQ(got.type, "text/turtle");
    pages.push_back(got.body);
  }
  EXPECT_THAT(pages[0], HasSubstr("hydra:next <catalogue.ttl?page=2>"));
  EXPECT_THAT(pages[1], HasSubstr("hydra:next <catalogue.ttl?page=3>"));
  EXPECT_THAT(pages[2], Not(HasSubstr("hydra:next")));
  EXPECT_EQ(get("/national/catalogue.ttl", {{"page", "4"}}).status, 404);
  EXPECT_EQ(get("/national/catalogue.ttl", {{"page", "../environnement"}}).status, 404);
  const auto count = complete_resources(pages, rdf::Syntax::turtle);
  EXPECT_EQ(count.datasets, 44U);
  EXPECT_EQ(count.services, 4U);
  EXPECT_EQ(count.series, 1U);
}

TEST_F(DemoPortals, RdfXmlAndNTriplesAreWhole) {
  const auto mobility = get("/mobilites/catalogue.rdf");
  EXPECT_EQ(mobility.type, "application/rdf+xml");
  EXPECT_EQ(complete_resources({mobility.body}, rdf::Syntax::rdf_xml).datasets, 27U);
  const auto environment = get("/environnement/catalogue.nt");
  EXPECT_EQ(environment.type, "application/n-triples");
  const auto count = complete_resources({environment.body}, rdf::Syntax::ntriples);
  EXPECT_EQ(count.datasets, 30U);
  EXPECT_EQ(count.services, 1U);
}

TEST(DemoConfiguration, NamesTheFourPortalsBelowTheirServer) {
  const auto configuration = demo_configuration("http://127.0.0.1:4711", "/tmp/demo", "127.0.0.1:8080");
  EXPECT_EQ(configuration.catalog.base_url, "http://127.0.0.1:8080");
  ASSERT_EQ(configuration.sources.size(), 4U);
  for (const auto& source : configuration.sources) {
    EXPECT_THAT(source.url, StartsWith("http://127.0.0.1:4711/"));
    EXPECT_TRUE(source.private_networks);
  }
  ASSERT_EQ(configuration.harvest.allow_networks.size(), 1U);
  EXPECT_TRUE(configuration.harvest.allow_networks[0].contains(*net::parse_address("127.0.0.1")));
}

}  // namespace
}  // namespace moisson::app
