#include "ckan_portal.h"

#include "api/ckan_action.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::api::ckan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CkanAction : public ::testing::Test {
 protected:
  // Made once: nothing here changes it.
  static Portal& portal() {
    static Portal made;
    return made;
  }
  static std::string type_of_error(const Reply& reply) { return reply.root()["error"]["__type"].text(); }
};

TEST_F(CkanAction, AnswersTheSameByEveryTransport) {
  const auto asked = portal().ask("package_search?q=eau&rows=1&facet.field=%5B%22tags%22%5D").body;
  const auto post = [&](std::string type, std::string body) {
    return portal()
        .send("POST", "/api/3/action/package_search", {{"Content-Type", std::move(type)}}, std::move(body))
        .body;
  };
  const std::string json = R"({"q":"eau","rows":1,"facet.field":["tags"]})";
  EXPECT_EQ(post("application/json", json), asked);
  EXPECT_EQ(post("application/x-www-form-urlencoded", json), asked);
  EXPECT_EQ(post("application/x-www-form-urlencoded", "q=eau&rows=1&facet.field=%5B%22tags%22%5D"), asked);
  EXPECT_EQ(portal().get("/api/action/package_search?q=eau&rows=1&facet.field=tags&facet.field=tags").body, asked);
  EXPECT_EQ(
      portal()
          .send("POST", "/api/action/package_search?q=eau", {}, R"({"q":"bus","rows":"1","facet.field":["tags"]})")
          .body,
      asked);
}

TEST_F(CkanAction, WrapsEveryResult) {
  const auto reply = portal().ask("site_read");
  EXPECT_EQ(reply.body,
            R"({"help":"http://catalog.example/api/3/action/help_show?name=site_read","success":true,"result":true})");
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/json;charset=utf-8");
  EXPECT_EQ(portal().get("/api/3").body, R"({"version":3})");
  EXPECT_EQ(portal().get("/api").body, R"({"version":1})");
  const auto script = portal().get("/api/3/action/site_read?callback=a.b");
  EXPECT_THAT(script.body, ::testing::StartsWith("a.b({\"help\""));
  EXPECT_THAT(script.body, ::testing::EndsWith("\"result\":true});"));
  EXPECT_EQ(script.headers.get("Content-Type"), "application/javascript;charset=utf-8");
  EXPECT_THAT(portal().get("/api/3/action/site_read?callback=alert(1)").body, ::testing::StartsWith("{"));
}

TEST_F(CkanAction, TellsEachErrorByItsTypeAndStatus) {
  struct Case {
    std::string_view query;
    int status;
    std::string_view type;
  };
  for (const auto& [query, status, type] : std::initializer_list<Case>{
           {"package_show?id=nobody", 404, "Not Found Error"},
           {"package_show", 409, "Validation Error"},
           {"package_search?rows=-1", 409, "Validation Error"},
           {"package_search?rows=x", 409, "Validation Error"},
           {"package_search?facet.field=tags", 409, "Validation Error"},
           {"package_search?nonsense=1", 400, "Search Query Error"},
           {"package_search?sort=colour+asc", 400, "Search Query Error"},
           {"package_search?q=:error", 409, "Search Error"},
           {"package_search?fq=%7B!lucene%7Dx", 409, "Search Error"},
           {"package_search?q=jeu&start=10000", 409, "Search Error"},
           {"group_show?id=region-sud", 404, "Not Found Error"},
           {"organization_show?id=envi", 404, "Not Found Error"},
           {"resource_show?id=x", 404, "Not Found Error"},
           {"help_show?name=x", 404, "Not Found Error"},
       }) {
    const auto reply = portal().get("/api/3/action/" + std::string(query));
    EXPECT_EQ(reply.status, status) << query;
    EXPECT_EQ(reply.root()["success"].boolean(), false) << query;
    EXPECT_EQ(type_of_error(reply), type) << query << reply.body;
    EXPECT_THAT(reply.root()["help"].text(), HasSubstr("/api/3/action/help_show?name="));
  }
  EXPECT_EQ(portal().get("/api/3/action/package_search?rows=-1").root()["error"]["rows"][std::size_t{0}].text(),
            "Must be a natural number");
  EXPECT_EQ(portal().get("/api/3/action/package_show").root()["error"]["name_or_id"][std::size_t{0}].text(),
            "Missing value");
  const auto nested = portal().post("package_search", R"({"q":{"a":1}})");
  EXPECT_EQ(nested.status, 400);
  EXPECT_EQ(type_of_error(nested), "Integrity Error");
}

TEST_F(CkanAction, RefusesWhatIsNoActionWithABareText) {
  const auto unknown = portal().get("/api/3/action/package_create");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.root().text(), "Bad request: Action name not known: package_create");
  const auto broken = portal().post("package_show", "{\"id\":");
  EXPECT_EQ(broken.status, 400);
  EXPECT_THAT(broken.root().text(), HasSubstr("Bad request: JSON Error: "));
  EXPECT_THAT(portal().post("package_show", "[1]").root().text(), HasSubstr("must be a dictionary"));
}

TEST_F(CkanAction, HelpsWithEveryAction) {
  for (const auto& action : actions()) {
    const auto reply = portal().ask("help_show?name=" + std::string(action.name));
    EXPECT_EQ(reply.root()["result"].text(), action.help);
  }
}

TEST_F(CkanAction, StandsInTheDescription) {
  const auto description = portal().get("/openapi.json");
  const auto paths = description.root()["paths"];
  for (const auto& action : actions())
    EXPECT_EQ(paths["/api/3/action/" + std::string(action.name)]["get"]["tags"][std::size_t{0}].text(), "CKAN")
        << action.name;
}

TEST_F(CkanAction, LetsPagesOfOtherSitesRead) {
  for (const auto target : {"/api/3/action/site_read", "/api/3/action/unknown", "/api/v1/datasets", "/datasets.csv"})
    EXPECT_EQ(portal().get(target).headers.get("Access-Control-Allow-Origin"), "*") << target;
  EXPECT_EQ(portal().get("/metrics").headers.get("Access-Control-Allow-Origin"), "");
  const auto preflight =
      portal().send("OPTIONS", "/api/3/action/package_search",
                    {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "POST"}}, "");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_THAT(std::string(preflight.headers.get("Access-Control-Allow-Methods")), HasSubstr("POST"));
  EXPECT_THAT(std::string(preflight.headers.get("Access-Control-Allow-Headers")), HasSubstr("Authorization"));
}

TEST_F(CkanAction, ListsPublishersAsOrganizations) {
  const auto names = portal().ask("organization_list");
  EXPECT_THAT(texts(names.root()["result"]), ElementsAre("fr-commune-19002", "fr-epci-200046977", "fr-region-93"));
  const auto all = portal().ask("organization_list?all_fields=true&sort=package_count");
  for (const auto key : {"id", "name", "title", "display_name", "description", "image_display_url", "image_url", "type",
                         "created", "is_organization", "approval_status", "state", "package_count", "num_followers"})
    EXPECT_TRUE(all.root()["result"][std::size_t{0}][key].exists()) << key;
  const auto one = portal().ask("organization_show?id=fr-region-93&include_datasets=true");
  EXPECT_EQ(one.root()["result"]["title"].text(), "Provence-Alpes-Côte d'Azur (région)");
  EXPECT_EQ(one.root()["result"]["package_count"].integer(), 83);
  EXPECT_EQ(one.root()["result"]["packages"].size(), 83u);
  EXPECT_THAT(texts(portal().ask("organization_list?limit=1&offset=1").root()["result"]),
              ElementsAre("fr-epci-200046977"));
  EXPECT_THAT(texts(portal().ask("organization_autocomplete?q=lyon").root()["result"], "name"),
              ElementsAre("fr-epci-200046977"));
}

TEST_F(CkanAction, ListsThemesAsGroups) {
  EXPECT_THAT(texts(portal().ask("group_list?sort=name").root()["result"]), ElementsAre("educ", "envi", "tran"));
  const auto one = portal().ask("group_show?id=tran");
  EXPECT_EQ(one.root()["result"]["title"].text(), "Transports");
  EXPECT_EQ(one.root()["result"]["is_organization"].boolean(), false);
  EXPECT_THAT(texts(portal().ask("group_autocomplete?q=transp").root()["result"], "name"), ElementsAre("tran"));
}

TEST_F(CkanAction, ListsKeywordsAsTags) {
  EXPECT_THAT(texts(portal().ask("tag_list").root()["result"]), ElementsAre("bus", "commun", "eau", "école", "Vélo"));
  EXPECT_THAT(texts(portal().ask("tag_list?query=ec").root()["result"]), ElementsAre("école"));
  EXPECT_EQ(portal().ask("tag_list?vocabulary_id=x").root()["result"].size(), 0u);
  EXPECT_EQ(portal().ask("tag_show?id=eau&include_datasets=true").root()["result"]["packages"].size(), 62u);
  EXPECT_EQ(portal().ask("tag_search?query=e").root()["result"]["count"].integer(), 3);
  EXPECT_THAT(texts(portal().ask("tag_autocomplete?q=bu").root()["result"]), ElementsAre("bus"));
}

TEST_F(CkanAction, FindsResources) {
  const auto found = portal().ask("resource_search?query=format:csv&query=name:fichier&limit=2");
  EXPECT_GT(found.root()["result"]["count"].integer().value_or(0), 100);
  ASSERT_EQ(found.root()["result"]["results"].size(), 2u);
  const auto id = found.root()["result"]["results"][std::size_t{0}]["id"].text();
  const auto shown = portal().ask("resource_show?id=" + id);
  EXPECT_EQ(shown.root()["result"].dump(), found.root()["result"]["results"][std::size_t{0}].dump());
  EXPECT_THAT(texts(portal().ask("format_autocomplete?q=js").root()["result"]), ElementsAre("geojson"));
}

TEST_F(CkanAction, SaysWhatTheSiteIs) {
  const auto status = portal().ask("status_show");
  EXPECT_EQ(status.root()["result"]["site_url"].text(), "http://catalog.example");
  EXPECT_EQ(status.root()["result"]["extensions"].size(), 0u);
  const auto licences = portal().ask("license_list");
  EXPECT_GT(licences.root()["result"].size(), 5u);
  EXPECT_EQ(portal().ask("vocabulary_list").root()["result"].size(), 0u);
}

}  // namespace
}  // namespace moisson::api::ckan
