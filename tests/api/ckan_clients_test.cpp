// What known clients send (CKAN's documentation, and their sources), to the last page; a second time nothing has
// changed.
#include "ckan_portal.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace moisson::api::ckan {
namespace {

using Copies = std::map<std::string, std::string>;  // id → dictionary

class CkanClients : public ::testing::Test {
 protected:
  static Portal& portal() {
    static Portal made;
    return made;
  }
  static void keep(Copies& copies, json::View packages) {
    for (const auto package : packages.items())
      EXPECT_TRUE(copies.emplace(package["id"].text(), package.dump()).second) << "twice: " << package["id"].text();
  }
};

TEST_F(CkanClients, CkanextHarvestReadsEverythingTwiceAlike) {
  const auto run = [&] {
    Copies copies;
    std::set<std::string> bodies;
    for (int start = 0;; start += 100) {
      const auto reply =
          portal().get("/api/3/action/package_search?rows=100&start=" + std::to_string(start) + "&sort=id+asc",
                       {{"User-Agent", "ckanext-harvest"}, {"Authorization", "key"}});
      EXPECT_EQ(reply.status, 200);
      const auto packages = reply.root()["result"]["results"];
      if (packages.size() == 0) break;
      EXPECT_TRUE(bodies.insert(reply.body).second) << "two pages alike abort its harvest";
      keep(copies, packages);
    }
    return copies;
  };
  const auto first = run();
  EXPECT_EQ(first.size(), static_cast<std::size_t>(portal_records));
  portal().clock().turn(std::chrono::hours(24));
  EXPECT_EQ(run(), first);
  for (const auto& [id, package] : first) {
    const auto document = json::Document::parse(package);
    for (const auto group : document->root()["groups"].items())
      EXPECT_EQ(portal().get("/api/3/action/group_show?id=" + group["id"].text()).status, 200);
    const auto owner = document->root()["owner_org"].text();
    if (owner.empty()) continue;
    EXPECT_EQ(portal().get("/api/3/action/organization_show?id=" + owner).status, 200);
  }
  const auto since = portal().get("/api/3/action/package_search?rows=100&start=0&sort=id+asc&fq=" +
                                  std::string("organization:region-sud+OR+organization:ville-aix+metadata_modified:%"
                                              "5B2024-05-01T00:00:00.000000Z+TO+*%5D"));
  EXPECT_EQ(since.root()["result"]["count"].integer(), 166);
}

TEST_F(CkanClients, CkanapiDumpsEverything) {
  const auto names =
      portal().post("package_list", R"({"include_private":false,"include_drafts":false,"include_deleted":false})");
  ASSERT_EQ(names.root()["result"].size(), static_cast<std::size_t>(portal_records));
  for (const auto& name : texts(names.root()["result"])) {
    const auto shown = portal().post(
        "package_show",
        R"({"id":")" + name + R"(","include_datasets":false,"include_password_hash":true,"include_users":false})");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.root()["result"]["name"].text(), name);
  }
  Copies copies;
  for (std::size_t start = 0;;) {
    const auto reply =
        portal().post("package_search", R"({"q":"*:*","start":)" + std::to_string(start) + R"(,"rows":1000})");
    const auto packages = reply.root()["result"]["results"];
    if (packages.size() == 0) break;
    keep(copies, packages);
    start += packages.size();
  }
  EXPECT_EQ(copies.size(), static_cast<std::size_t>(portal_records));
}

TEST_F(CkanClients, UdataReadsByNameAndByFilter) {
  const std::vector<std::pair<std::string, std::string>> headers{{"content-type", "application/json"}};
  const auto names = portal().get("/api/3/action/package_list", headers);
  for (const auto& name : texts(names.root()["result"]))
    EXPECT_EQ(portal().get("/api/3/action/package_show?id=" + name, headers).root()["success"].boolean(), true);
  const auto some =
      portal().get("/api/3/action/package_search?q=organization:region-sud%20AND%20-tags:eau&rows=1000", headers);
  EXPECT_EQ(some.root()["result"]["count"].integer(), 62);
  EXPECT_EQ(some.root()["result"]["results"].size(), 62u);
}

TEST_F(CkanClients, MagdaReadsToTheCountAndAllOrganizations) {
  Copies copies;
  std::int64_t total = 1;
  for (std::int64_t start = 0; start < total; start += 1000) {
    const auto reply =
        portal().get("/api/3/action/package_search?sort=metadata_created+asc&start=" + std::to_string(start) +
                     "&rows=1000&fq=-harvest_source_title:%22Portail+B%C3%AAta%22+-harvest_source_title:%22Other%22");
    ASSERT_EQ(reply.status, 200) << reply.body;
    total = reply.root()["result"]["count"].integer().value_or(0);
    keep(copies, reply.root()["result"]["results"]);
  }
  EXPECT_EQ(copies.size(), 248u);
  std::set<std::string> organizations;
  for (std::size_t offset = 0;;) {
    const auto reply = portal().get("/api/3/action/organization_list?all_fields=true&offset=" + std::to_string(offset) +
                                    "&limit=1000");
    const auto page = reply.root()["result"];
    if (page.size() == 0) break;
    for (const auto& id : texts(page, "id")) EXPECT_TRUE(organizations.insert(id).second);
    offset += page.size();
  }
  EXPECT_EQ(organizations.size(), 3u);
}

TEST_F(CkanClients, DashboardsCount) {
  EXPECT_EQ(portal().ask("package_search?rows=0").root()["result"]["results"].size(), 0u);
  EXPECT_EQ(portal().ask("package_search?q=*:*&rows=2000").root()["result"]["results"].size(), 250u);
  EXPECT_EQ(portal().ask("package_search?fl=id,name,url,organization&rows=1000").root()["result"]["results"].size(),
            250u);
  EXPECT_EQ(portal()
                .ask("package_search?facet.field=%5B%22identifier%22%5D&facet.limit=-1&facet.mincount=2&rows=0")
                .root()["result"]["facets"]["identifier"]
                .size(),
            0u);
}

}  // namespace
}  // namespace moisson::api::ckan
