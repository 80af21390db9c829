#include "catalog.h"

#include <gtest/gtest.h>

#include <chrono>
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

http::Response ask(const Catalog& catalog, const std::string& since, std::chrono::steady_clock::time_point received) {
  http::Request request;
  request.method = "GET";
  request.path = "/api/v1/changes";
  request.query = {{"since", since}, {"wait", "30"}};
  request.received = received;
  return catalog.router().handle(request);
}

TEST(Changes, WaitOnlyWhereThereIsNoneYetAndOnlySoLong) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  catalog.harvest("alpha", {{"a", "Eau"}});
  const auto now = std::chrono::steady_clock::now();
  const std::string end = text(catalog.get("/api/v1/changes?since=0").root()["next_since"]);
  EXPECT_FALSE(ask(catalog, "0", now).later);
  EXPECT_EQ(ask(catalog, end, now).later, now + std::chrono::seconds(30));
  EXPECT_FALSE(ask(catalog, end, now - std::chrono::seconds(30)).later);
  EXPECT_FALSE(ask(catalog, end, {}).later);
  catalog.harvest("alpha", {{"a", "Eau potable"}});
  EXPECT_FALSE(ask(catalog, end, now).later);
}

TEST(Changes, TellThePlacesThatARecordCameBy) {
  Catalog catalog;
  catalog.add_source("alpha", "Alpha");
  harvest::HarvestedRecord record;
  dcat::Dataset dataset;
  dataset.title = {{"Eau", "fr"}};
  record.record = std::move(dataset);
  record.remote_id = record.id = "11111111-2222-4333-8444-555555555555";
  record.trail = {"https://other.test/datasets/11111111-2222-4333-8444-555555555555"};
  catalog.harvest_records("alpha", {std::move(record)});
  const auto page = catalog.get("/api/v1/changes?since=0&include=record");
  const json::View change = page.root()["changes"][std::size_t{0}];
  EXPECT_EQ(text(change["id"]), "11111111-2222-4333-8444-555555555555");
  ASSERT_EQ(change["trail"].size(), 2u);
  EXPECT_EQ(text(change["trail"][std::size_t{0}]), "https://other.test/datasets/11111111-2222-4333-8444-555555555555");
  EXPECT_TRUE(text(change["trail"][std::size_t{1}]).ends_with("/datasets/11111111-2222-4333-8444-555555555555"));
}

}  // namespace
}  // namespace moisson::api
