#include "markup.h"
#include "site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DocsPage, HoldsSwaggerUiServedFromHereOrSaysThatThisBuildHasNone) {
  Site site;
  const auto answer = site.get("/docs", "en");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(read_markup(answer.body, false).fault, "");
  EXPECT_THAT(std::string(answer.headers.get("Content-Security-Policy")), Not(HasSubstr("unsafe")));
  EXPECT_THAT(answer.body, HasSubstr("href=\"/openapi.json\""));
  if (answer.body.find("swagger-ui-bundle.js") == answer.body.npos) {
    EXPECT_THAT(answer.body, HasSubstr("built without Swagger UI"));
    return;
  }
  EXPECT_THAT(std::string(answer.headers.get("Content-Security-Policy")), HasSubstr("img-src 'self' data:;"));
  for (const auto& [name, type] : {std::pair<std::string, std::string>{"swagger-ui-bundle.js", "text/javascript"},
                                   {"swagger-ui.css", "text/css"},
                                   {"docs.js", "text/javascript"},
                                   {"swagger-ui.LICENSE.txt", "text/plain"}}) {
    const auto asset = site.get("/assets/" + name);
    EXPECT_EQ(asset.status, 200) << name;
    EXPECT_THAT(std::string(asset.headers.get("Content-Type")), ::testing::StartsWith(type)) << name;
  }
}

TEST(DocsPage, LeavesThePolicyOfOtherPagesAsItIs) {
  Site site;
  EXPECT_THAT(std::string(site.get("/help").headers.get("Content-Security-Policy")), Not(HasSubstr("data:")));
}

TEST(ReuseGuide, HasEachUseAsAProgramOfThisSite) {
  Site site("https://donnees.example");
  const auto body = site.get("/reuse").body;
  for (const std::string use :
       {"data-run=\"sh\"", "data-run=\"python\"", "data-run=\"javascript\"",
        "https://donnees.example/dumps/records.jsonl", "/api/v1/changes?", "/api/3/action/package_search?"})
    EXPECT_THAT(body, HasSubstr(use));
}

TEST(Robots, AreKeptFromSearchesAndFromFiles) {
  Site site;
  EXPECT_THAT(site.get("/robots.txt").body, HasSubstr("Disallow: /datasets?\nDisallow: /datasets/*/files/\n"));
}

}  // namespace
}  // namespace moisson::web::test
