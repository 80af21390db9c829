// Whoever reads the whole catalog while it changes, page by page, misses no record that was there throughout, and meets none
// twice; and the files hold what the search counts.

#include "core/json.h"
#include "living_portal.h"
#include "neighbour.h"
#include "net/curl_fetcher.h"
#include "rdf/graph.h"
#include "rdf/hydra.h"
#include "rdf/reader.h"
#include "tests/fetcher_options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace moisson::test {
namespace {

class Reader {
 public:
  explicit Reader(const Neighbour& catalog) : url_(catalog.url()), fetcher_(test::fetcher_options(), gate_, {}) {}

  std::string get(const std::string& address) {
    auto fetched = fetcher_.fetch_all(net::FetchRequest(address.starts_with("http") ? address : url_ + address));
    EXPECT_TRUE(fetched) << to_string(fetched.error());
    return fetched ? std::move(fetched->second) : std::string();
  }

  // The remote ids of the whole catalog, by the cursor of the search.
  std::set<std::string> by_cursor() {
    std::set<std::string> ids;
    for (std::string cursor = "0"; !cursor.empty();) {
      const auto page = json::Document::parse(get("/api/v1/datasets?page_size=50&cursor=" + cursor)).value();
      for (const json::View hit : page.root()["results"].items()) meet(hit["source"]["remote_id"].text(), ids);
      cursor = page.root()["next_cursor"].text();
    }
    return ids;
  }

  // The same by hydra:next, through the IRIs of the records.
  std::set<std::string> by_hydra() {
    std::set<std::string> ids;
    for (std::string address = url_ + "/catalog.nt?page_size=100"; !address.empty();) {
      rdf::Graph graph;
      rdf::GraphLoader loader(graph);
      EXPECT_TRUE(rdf::read(get(address), rdf::Syntax::ntriples, address, loader));
      graph.index();
      for (const auto position : graph.with(graph.find_iri("http://xmlns.com/foaf/0.1/primaryTopic"))) {
        const std::string iri(graph.term(graph.triples()[position].object).text);
        meet(iri.substr(iri.rfind('/') + 1), ids);
      }
      address = rdf::paging(graph, address).next;
    }
    return ids;
  }

  std::uint64_t total() {
    return static_cast<std::uint64_t>(
        json::Document::parse(get("/api/v1/datasets?page_size=1")).value().root()["total"].integer().value_or(-1));
  }
  std::uint64_t rows(const std::string& file) {
    const std::string text = get(file);
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) - 1;  // the head
  }

 private:
  static void meet(std::string id, std::set<std::string>& ids) {
    EXPECT_TRUE(ids.insert(id).second) << "met twice: " << id;
  }

  std::string url_;
  net::HostGate gate_;
  net::CurlFetcher fetcher_;
};

TEST(WholeReading, MissesNothingThatWasThereThroughoutAndMeetsNothingTwiceWhile5000RecordsChange) {
  LivingPortal portal(1'200, 600);
  Neighbour catalog({source_of("ville", "ckan", portal.url())});
  catalog.harvest("ville");
  std::atomic<bool> changing = true;
  std::thread change([&] {
    std::mt19937 chance(5);
    for (int round = 0; round < 5; ++round) {
      for (int n = 0; n < 1'000; ++n) portal.change(chance);
      catalog.harvest("ville", true);
    }
    changing = false;
  });
  Reader reader(catalog);
  while (changing) {
    for (const auto& ids : {reader.by_cursor(), reader.by_hydra()})
      EXPECT_TRUE(std::includes(ids.begin(), ids.end(), portal.lasting().begin(), portal.lasting().end()));
  }
  change.join();
}

TEST(WholeReading, ByFileHoldsEveryRecordOfTheLastCommit) {
  LivingPortal portal(150);
  Neighbour catalog({source_of("ville", "ckan", portal.url())});
  Reader reader(catalog);
  std::mt19937 chance(6);
  for (int round = 0; round < 3; ++round) {
    catalog.harvest("ville", true);
    const auto records = catalog.records().size();
    EXPECT_EQ(reader.rows("/dumps/datasets.csv"), records);
    EXPECT_EQ(reader.rows("/datasets.csv"), records);
    EXPECT_EQ(reader.total(), records);
    for (int n = 0; n < 40; ++n) portal.change(chance);
  }
}

TEST(WholeReading, FindsACommitInTheDumpAtOnceAndInTheCsvOfASearchWithinASecond) {
  using Clock = std::chrono::steady_clock;
  CkanPortal portal;
  for (std::uint64_t n = 0; n < 500; ++n)
    portal.put(numbered(n), ckan_package(numbered(n), "Titre " + std::to_string(n)));
  Neighbour catalog({source_of("ville", "ckan", portal.url())});
  catalog.harvest("ville");
  Reader reader(catalog);
  for (const std::string word : {"Kamtchatka", "Vladivostok", "Sakhaline"}) {
    portal.put(word, ckan_package(word, "Volcans du " + word));
    const auto before = catalog.instance().store().last_seq();
    std::thread harvest([&] { catalog.harvest("ville", true); });
    EXPECT_GT(catalog.instance().store().wait_for_change(before, std::chrono::seconds(60)), before);
    const auto committed = Clock::now();
    EXPECT_NE(reader.get("/dumps/datasets.csv").find(word), std::string::npos);
    while (reader.get("/datasets.csv?q=" + word).find(word) == std::string::npos &&
           Clock::now() < committed + std::chrono::seconds(60)) {
    }
    EXPECT_LT(Clock::now() - committed, std::chrono::seconds(1));
    harvest.join();
  }
}

}  // namespace
}  // namespace moisson::test
