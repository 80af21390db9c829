#include "api/openapi.h"

#include "catalog.h"

#include "core/text.h"

#include <moisson/search/field.h>

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace moisson::api {
namespace {

std::string text(json::View view) { return view.text(); }

TEST(OpenApi, DescribesEveryRouteThatHasATag) {
  const Catalog catalog;
  const auto reply = catalog.get("/openapi.json");
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(text(reply.root()["openapi"]), "3.1.0");
  EXPECT_EQ(text(reply.root()["servers"][std::size_t{0}]["url"]), "http://catalog.example");
  std::set<std::string> operations;
  for (const http::Route& route : catalog.router().routes()) {
    if (route.tag.empty()) continue;
    const auto operation = reply.root()["paths"][route.pattern][lower_ascii(route.method)];
    EXPECT_EQ(text(operation["summary"]), route.summary);
    EXPECT_TRUE(operations.insert(text(operation["operationId"])).second) << route.pattern;
    EXPECT_TRUE(operation["responses"][std::to_string(route.success)]["content"][route.media_type].exists());
  }
}

TEST(OpenApi, TellsWhatEachRouteAsksOfItsCaller) {
  const Catalog catalog;
  http::Route closed{"POST", "/closed", {}, "Changes something", "harvest"};
  http::Route mixed{"GET", "/mixed", {}, "Tells more to those who are known", "harvest"};
  mixed.personal = true;
  const std::vector<http::Route> routes{closed, mixed, {"GET", "/open", {}, "The same for everyone", "catalog"}};
  const auto document = json::Document::parse(openapi(routes, catalog.context(), {}));
  ASSERT_TRUE(document) << to_string(document.error());
  const auto paths = document->root()["paths"];
  EXPECT_EQ(paths["/closed"]["post"]["security"].dump(), R"([{"token":[]}])");
  EXPECT_EQ(text(paths["/closed"]["post"]["x-least-role"]), "administrator");
  EXPECT_EQ(paths["/mixed"]["get"]["security"].dump(), R"([{},{"token":[]}])");
  EXPECT_FALSE(paths["/open"]["get"]["security"].exists());
  EXPECT_EQ(text(document->root()["components"]["securitySchemes"]["token"]["scheme"]), "bearer");
}

TEST(OpenApi, DescribesEveryFilterAndEveryCapture) {
  const Catalog catalog;
  const auto reply = catalog.get("/openapi.json");
  std::set<std::string> names;
  for (json::View parameter : reply.root()["paths"]["/api/v1/datasets"]["get"]["parameters"].items())
    names.insert(text(parameter["name"]));
  for (const auto& field : search::fields) EXPECT_TRUE(names.contains(std::string(field.name))) << field.name;
  const auto id = reply.root()["paths"]["/api/v1/jobs/{id}"]["get"]["parameters"][std::size_t{0}];
  EXPECT_EQ(text(id["in"]), "path");
  EXPECT_EQ(id["required"].boolean(), true);
  EXPECT_EQ(text(id["schema"]["type"]), "integer");
}

TEST(OpenApi, SupplementsOnlyOperationsAndParametersThatThereAre) {
  const Catalog catalog;
  const auto paths = catalog.get("/openapi.json");
  std::set<std::string> ids, parameters;
  const auto all = paths.root()["paths"];
  for (std::size_t p = 0; p < all.size(); ++p)
    for (std::size_t m = 0; m < all.member(p).size(); ++m) {
      ids.insert(text(all.member(p).member(m)["operationId"]));
      for (json::View parameter : all.member(p).member(m)["parameters"].items())
        parameters.insert(text(parameter["name"]));
    }
  std::ifstream in(std::string(MOISSON_SOURCE_DIR) + "/src/api/openapi.json");
  const std::string supplement{std::istreambuf_iterator<char>(in), {}};
  const auto document = json::Document::parse(supplement).value();
  for (std::size_t i = 0; i < document.root()["operations"].size(); ++i)
    EXPECT_TRUE(ids.contains(std::string(document.root()["operations"].key(i))))
        << document.root()["operations"].key(i);
  for (std::size_t i = 0; i < document.root()["parameters"].size(); ++i)
    EXPECT_TRUE(parameters.contains(std::string(document.root()["parameters"].key(i))))
        << document.root()["parameters"].key(i);
}

TEST(OpenApi, GivesExamplesOfWhatIsThere) {
  Catalog catalog;
  const auto id_parameter = [&] {
    const auto reply = catalog.get("/openapi.json");
    return text(reply.root()["paths"]["/api/v1/datasets/{id}"]["get"]["parameters"][std::size_t{0}]["example"]);
  };
  EXPECT_EQ(id_parameter(), "");
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}});
  EXPECT_EQ(id_parameter(), catalog.store().records_after(0, 1).value().front().id);
}

}  // namespace
}  // namespace moisson::api
