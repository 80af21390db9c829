#include "api/openapi.h"

#include "catalog.h"

#include "core/text.h"

#include <moisson/search/field.h>

#include <gtest/gtest.h>

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
    EXPECT_TRUE(operation["responses"]["200"]["content"][route.media_type].exists());
  }
}

TEST(OpenApi, TellsWhatEachRouteAsksOfItsCaller) {
  const Catalog catalog;
  http::Route closed{"POST", "/closed", {}, "Changes something", "harvest"};
  http::Route mixed{"GET", "/mixed", {}, "Tells more to those who are known", "harvest"};
  mixed.personal = true;
  const std::vector<http::Route> routes{closed, mixed, {"GET", "/open", {}, "The same for everyone", "catalog"}};
  const auto document = json::Document::parse(openapi(routes, catalog.context()));
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

}  // namespace
}  // namespace moisson::api
