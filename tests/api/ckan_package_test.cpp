#include "ckan_portal.h"

#include <moisson/core/uuid.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace moisson::api::ckan {
namespace {

using ::testing::ElementsAre;

class CkanPackage : public ::testing::Test {
 protected:
  static Portal& portal() {
    static Portal made;
    return made;
  }
  static json::View result(const Reply& reply) { return reply.root()["result"]; }
  static std::int64_t count(std::string_view query) {
    return result(portal().ask("package_search?rows=0&" + std::string(query)))["count"].integer().value_or(-1);
  }
};

TEST_F(CkanPackage, HasEveryKeyOfCkan) {
  const auto id = record_uuid("alpha", "r3");
  const auto reply = portal().ask("package_show?id=" + id);
  const auto package = result(reply);
  for (const auto key : {"id",
                         "name",
                         "title",
                         "notes",
                         "url",
                         "version",
                         "author",
                         "author_email",
                         "maintainer",
                         "maintainer_email",
                         "license_id",
                         "license_title",
                         "isopen",
                         "private",
                         "state",
                         "type",
                         "owner_org",
                         "creator_user_id",
                         "metadata_created",
                         "metadata_modified",
                         "num_resources",
                         "num_tags",
                         "organization",
                         "groups",
                         "tags",
                         "resources",
                         "extras",
                         "relationships_as_subject",
                         "relationships_as_object"})
    EXPECT_TRUE(package[key].exists()) << key;
  EXPECT_EQ(package["id"].text(), id);
  EXPECT_EQ(package["name"].text(), id);
  EXPECT_EQ(package["title"].text(), "Jeu numéro 3 Vélo");
  EXPECT_EQ(package["license_id"].text(), "lov2");
  EXPECT_EQ(package["isopen"].boolean(), true);
  EXPECT_EQ(package["type"].text(), "dataset");
  EXPECT_EQ(package["metadata_modified"].text(), "2024-05-01T00:00:00.000000");
  EXPECT_EQ(package["organization"]["name"].text(), "fr-commune-19002");
  EXPECT_EQ(package["organization"]["name"].text(), package["owner_org"].text());
  EXPECT_THAT(texts(package["groups"], "name"), ElementsAre("envi"));
  EXPECT_THAT(texts(package["tags"], "name"), ::testing::UnorderedElementsAre("Vélo", "commun"));
  std::map<std::string, std::string> extras;
  for (const auto extra : package["extras"].items()) {
    ASSERT_TRUE(extra["value"].is(json::Kind::string));
    EXPECT_TRUE(extras.emplace(extra["key"].text(), extra["value"].text()).second) << extra["key"].text();
  }
  EXPECT_EQ(extras["guid"], "https://portal.example/dataset/3");
  EXPECT_EQ(extras["identifier"], "urn:alpha:3");
  EXPECT_EQ(extras["harvest_source_id"], "alpha");
  EXPECT_EQ(extras["harvest_source_title"], "Portail Alpha");
  EXPECT_EQ(extras["frequency"], "http://publications.europa.eu/resource/authority/frequency/DAILY");
  EXPECT_EQ(extras["spatial"], R"({"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44],[5,44],[5,43]]]})");
}

// udata's schema, the strictest reader known.
TEST_F(CkanPackage, HasResourcesThatUdataTakes) {
  const auto reply = portal().ask("package_search?rows=1000");
  std::set<std::string> ids;
  for (const auto package : result(reply)["results"].items()) {
    EXPECT_EQ(package["num_resources"].integer(), static_cast<std::int64_t>(package["resources"].size()));
    std::int64_t position = 0;
    for (const auto resource : package["resources"].items()) {
      EXPECT_TRUE(is_uuid(resource["id"].text()));
      EXPECT_TRUE(ids.insert(resource["id"].text()).second);
      EXPECT_EQ(resource["position"].integer(), position++);
      for (const auto key : {"format", "created", "name", "description", "url", "hash"})
        EXPECT_TRUE(resource[key].is(json::Kind::string)) << key;
      for (const auto key : {"mimetype", "mimetype_inner", "size", "last_modified", "resource_type", "url_type",
                             "cache_url", "cache_last_updated", "state", "package_id", "metadata_modified"})
        EXPECT_TRUE(resource[key].exists()) << key;
      EXPECT_TRUE(resource["resource_type"].is(json::Kind::null));
      EXPECT_THAT(resource["url"].text(), ::testing::StartsWith("https://portal.example/files/"));
    }
    for (const auto tag : package["tags"].items()) EXPECT_TRUE(tag["id"].exists() && tag["name"].exists());
  }
  EXPECT_GT(ids.size(), 400u);
}

TEST_F(CkanPackage, IsFoundByWhatClientsFilterBy) {
  EXPECT_EQ(count("q=*:*"), portal_records);
  EXPECT_EQ(count("q="), portal_records);
  EXPECT_EQ(count("q=tramway"), 1);
  EXPECT_EQ(count("q=tramw*:*&fq=x:y"), 0);
  EXPECT_EQ(count("fq=organization:region-sud"), 83);
  EXPECT_EQ(count("fq=organization:region-sud+OR+organization:ville-aix+tags:eau"), 42);
  EXPECT_EQ(count("fq=organization:%28%22region-sud%22+OR+%22ville-aix%22%29"), 166);
  EXPECT_EQ(count("fq_list=%5B%22organization:region-sud%22,%22tags:eau%22%5D"), 21);
  EXPECT_EQ(count("fq=-harvest_source_title:%22Portail+Alpha%22"), 2);
  EXPECT_EQ(count("fq=harvest_source_id:beta"), 2);
  EXPECT_EQ(count("fq=groups:tran"), 84);
  EXPECT_EQ(count("fq=tags:v*"), 62);
  EXPECT_EQ(count("fq=license_id:*"), 248);
  EXPECT_EQ(count("fq=res_format:CSV"), count("fq=res_format:csv"));
  EXPECT_EQ(count("fq=%2Bstate:active+%2Bcapacity:public+-dataset_type:harvest"), portal_records);
  EXPECT_EQ(count("fq=identifier:%22urn:alpha:7%22"), 1);
  EXPECT_EQ(count("fq=id:" + record_uuid("beta", "b1")), 1);
  EXPECT_EQ(count("q=name:" + record_uuid("beta", "b1")), 1);
  EXPECT_EQ(count("fq=metadata_modified:%5B2024-05-01T12:00:00Z+TO+*%5D"), 2);
  EXPECT_EQ(count("fq=metadata_modified:%5BNOW-12HOURS+TO+NOW%5D"), 2);
  EXPECT_EQ(count("fq=metadata_created:%5B*+TO+2024-05-01T12:00:00Z%5D"), 248);
  EXPECT_EQ(count("_=123456&q=tramway&ext_bbox=1&include_private=true"), 1);
}

TEST_F(CkanPackage, IsRankedByTheWordsOfALuceneQuery) {
  const auto reply = portal().ask("package_search?q=harvest_source_id:beta+AND+tramway&rows=5");
  EXPECT_THAT(texts(result(reply)["results"], "title"), ElementsAre("Lignes de tramway"));
}

TEST_F(CkanPackage, IsCountedInBothShapes) {
  const auto reply = portal().ask(
      "package_search?rows=0&facet.field=%5B%22tags%22,%22organization%22,%22harvest_source_id%22,%22nothing%22%5D&"
      "facet.limit=2");
  EXPECT_EQ(result(reply)["facets"]["tags"].dump(), R"({"commun":248,"bus":62})");
  EXPECT_EQ(result(reply)["facets"]["harvest_source_id"].dump(), R"({"alpha":248,"beta":2})");
  EXPECT_EQ(result(reply)["facets"]["nothing"].dump(), "{}");
  const auto organizations = result(reply)["search_facets"]["organization"];
  EXPECT_EQ(organizations["title"].text(), "organization");
  EXPECT_THAT(texts(organizations["items"], "display_name"),
              ElementsAre("Provence-Alpes-Côte d'Azur (région)", "Aix (commune)"));
  EXPECT_THAT(texts(organizations["items"], "name"), ElementsAre("fr-region-93", "fr-commune-19002"));
  EXPECT_EQ(organizations["items"][std::size_t{0}]["count"].integer(), 83);
  const auto bare = portal().ask("package_search?rows=0");
  EXPECT_EQ(result(bare)["facets"].dump(), "{}");
  EXPECT_EQ(result(bare)["search_facets"].dump(), "{}");
  EXPECT_FALSE(result(bare)["expanded"].exists());
  const auto filtered =
      portal().ask("package_search?rows=0&fq=tags:eau&facet.field=%5B%22tags%22%5D&facet.limit=-1&facet.mincount=1");
  EXPECT_EQ(result(filtered)["facets"]["tags"].dump(), R"({"commun":62,"eau":62})");
}

TEST_F(CkanPackage, IsFlatWithFl) {
  const auto reply = portal().ask("package_search?q=tramway&fl=id,name,organization,tags,groups,harvest_source_title");
  const auto id = record_uuid("beta", "b1");
  EXPECT_EQ(result(reply)["results"].dump(),
            R"([{"id":")" + id + R"(","name":")" + id +
                R"(","organization":null,"tags":[],"groups":["tran"],"harvest_source_title":"Portail Bêta"}])");
}

TEST_F(CkanPackage, StandsInTheOrderAskedFor) {
  const auto ids = [&](std::string_view sort) {
    return texts(result(portal().ask("package_search?rows=1000&sort=" + std::string(sort)))["results"], "id");
  };
  auto sorted = ids("id+asc");
  EXPECT_EQ(sorted.size(), static_cast<std::size_t>(portal_records));
  EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end()));
  EXPECT_EQ(ids("name+asc"), sorted);
  EXPECT_EQ(texts(result(portal().ask("package_list"))), sorted);
  std::reverse(sorted.begin(), sorted.end());
  EXPECT_EQ(ids("id+desc"), sorted);
  const auto beta = std::set<std::string>{record_uuid("beta", "b1"), record_uuid("beta", "b2")};
  const auto changed = ids("metadata_modified+desc"), created = ids("metadata_created+asc");
  EXPECT_EQ((std::set<std::string>{changed[0], changed[1]}), beta);
  EXPECT_EQ((std::set<std::string>{created[248], created[249]}), beta);
}

TEST_F(CkanPackage, EndsWithAnEmptyPage) {
  const auto reply = portal().ask("package_search?start=100000&sort=id+asc");
  EXPECT_EQ(result(reply)["results"].size(), 0u);
  EXPECT_EQ(result(reply)["count"].integer(), portal_records);
}

TEST_F(CkanPackage, IsListedWithoutLimitAndWith) {
  EXPECT_EQ(result(portal().ask("package_list?limit=3&offset=248")).size(), 2u);
  EXPECT_EQ(result(portal().ask("current_package_list_with_resources")).size(), 10u);
  EXPECT_EQ(result(portal().ask("current_package_list_with_resources?limit=999999")).size(), 250u);
  EXPECT_EQ(result(portal().ask("current_package_list_with_resources?limit=100&page=3")).size(), 50u);
  const auto completed = portal().ask("package_autocomplete?q=lignes+tram");
  EXPECT_THAT(texts(result(completed), "title"), ElementsAre("Lignes de tramway"));
}

}  // namespace
}  // namespace moisson::api::ckan
