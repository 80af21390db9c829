#include "catalog.h"

#include <gtest/gtest.h>

#include <map>

namespace moisson::api {
namespace {

std::string text(json::View view) { return view.text(); }

// Follows the log to its end, as a mirror does.
std::map<std::string, std::string> replay(const Catalog& catalog, std::string& since,
                                          std::map<std::string, std::string> held = {}) {
  while (true) {
    const auto page = catalog.get("/api/v1/changes?include=record&limit=2&since=" + since);
    EXPECT_EQ(page.status, 200) << page.body;
    if (page.status != 200) return held;
    for (json::View change : page.root()["changes"].items()) {
      if (text(change["kind"]) == "removed")
        held.erase(text(change["id"]));
      else
        held[text(change["id"])] = text(change["record"]["title"][std::size_t{0}]["value"]);
    }
    since = text(page.root()["next_since"]);
    if (!page.root()["more"].boolean().value_or(false)) return held;
  }
}

TEST(Changes, ReplayGivesTheCatalog) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}, {"b", "Air"}, {"c", "Bruit"}, {"d", "Sols"}, {"e", "Forêts"}});
  std::string since = "0";
  auto held = replay(catalog, since);
  EXPECT_EQ(held.size(), 5u);
  catalog.harvest("alpha", {{"a", "Eau potable"}, {"c", "Bruit"}, {"f", "Lacs"}});
  held = replay(catalog, since, held);
  std::vector<std::string> titles;
  for (const auto& [id, title] : held) titles.push_back(title);
  std::sort(titles.begin(), titles.end());
  EXPECT_EQ(titles, (std::vector<std::string>{"Bruit", "Eau potable", "Lacs"}));
  std::string start = "0";
  EXPECT_EQ(replay(catalog, start), held);
}

TEST(Changes, TellAStrangerToBeginAgain) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}});
  const std::string epoch = catalog.store().epoch();
  const auto foreign = catalog.get("/api/v1/changes?since=00000000-0000-4000-8000-000000000000:1");
  EXPECT_EQ(foreign.status, 410);
  EXPECT_EQ(text(foreign.root()["field"]), "since");
  EXPECT_EQ(catalog.get("/api/v1/changes?since=" + epoch + ":999999").status, 410);
  EXPECT_EQ(catalog.get("/api/v1/changes?since=" + epoch + ":1").status, 200);
}

TEST(Changes, NameTheParameterThatIsWrong) {
  const Catalog catalog;
  for (const char* query :
       {"since=5", "since=x:y", "since=:1", "limit=0", "limit=5001", "include=raw", "include=record&limit=501"}) {
    const auto reply = catalog.get(std::string("/api/v1/changes?") + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_NE(text(reply.root()["field"]), "") << query;
  }
}

}  // namespace
}  // namespace moisson::api
