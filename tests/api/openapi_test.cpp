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
