#include "harvesters/moisson.h"

#include "collecting_sink.h"
#include "dcat/canonical_json.h"
#include "net/curl_fetcher.h"
#include "portal/portal.h"
#include "tests/fetcher_options.h"

#include <gtest/gtest.h>

#include <map>

namespace moisson::harvesters {
namespace {

using harvest::Listing;
using Ids = std::set<std::string>;

std::string uuid(int n) {
  std::string digits = std::to_string(n);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// The change feed of another catalog: a log in memory, each record once at its latest number.
struct Log {
  std::string epoch = "e1";
  std::map<std::uint64_t, std::string> entries;  // by seq
  std::map<std::string, std::uint64_t> at;
  std::uint64_t seq = 0, floor = 0;
  std::size_t page = 500;

  void put(int n, const std::string& title) {
    const std::string id = uuid(n);
    append(id, R"("kind":"upsert","at":"2024-05-01T00:00:00Z","source":"ville","remote_id":"r)" + std::to_string(n) +
                   R"(","remote_url":"http://ville.test/r)" + std::to_string(n) +
                   R"(","first_seen":"2024-05-01T00:00:00Z","trail":["http://other.test/datasets/)" + id +
                   R"("],"record":{"kind":"dataset","title":[{"value":")" + title + R"("}]})");
  }
  void remove(int n) { append(uuid(n), R"("kind":"removed","at":"2024-05-01T00:00:00Z")"); }
  void append(const std::string& id, const std::string& members) {
    if (const auto known = at.find(id); known != at.end()) entries.erase(known->second);
    at[id] = ++seq;
    entries[seq] = R"({"seq":)" + std::to_string(seq) + R"(,"id":")" + id + "\"," + members + "}";
  }

  http::Response answer(const http::Request& request) const {
    if (request.path != "/api/v1/changes") return test::answer(404);
    const std::string since(http::first(request.query, "since"));
    std::uint64_t from = 0;
    if (since != "0") {
      if (since.substr(0, since.find(':')) != epoch) return test::answer(410);
      from = std::stoull(since.substr(since.find(':') + 1));
      if (from < floor || from > seq) return test::answer(410);
    }
    const std::size_t limit =
        std::min(page, static_cast<std::size_t>(std::stoull(std::string(http::first(request.query, "limit")))));
    std::string changes;
    std::uint64_t last = seq;
    std::size_t count = 0;
    bool more = false;
    for (auto entry = entries.upper_bound(from); entry != entries.end(); ++entry) {
      if (count++ == limit) {
        more = true;
        break;
      }
      changes += (changes.empty() ? "" : ",") + entry->second;
      last = entry->first;
    }
    if (!more) last = seq;
    return test::answer(200,
                        R"({"epoch":")" + epoch + R"(","changes":[)" + changes + R"(],"last_seq":)" +
                            std::to_string(last) + R"(,"next_since":")" + epoch + ":" + std::to_string(last) +
                            R"(","more":)" + (more ? "true" : "false") + "}",
                        "application/json");
  }
};

class MoissonHarvester : public testing::Test {
 protected:
  MoissonHarvester() : portal_([this](const http::Request& request) { return log_.answer(request); }) {
    source_.id = "other";
    source_.kind = "moisson";
    source_.url = portal_.url("/");
  }
  Result<Listing> run(bool full = false) {
    sink_.forget_run();
    net::CurlFetcher fetcher(test::fetcher_options(), gate_, {});
    SystemClock clock;
    auto listing = moisson_harvester().harvest({source_, fetcher, clock, memory_, full, 0}, sink_);
    if (listing) memory_ = listing->memory;
    return listing;
  }
  void fill(int count) {
    for (int n = 0; n < count; ++n) log_.put(n, "Titre " + std::to_string(n));
  }

  Log log_;
  test::Portal portal_;
  harvest::HarvestSource source_;
  harvest::Memory memory_;
  test::CollectingSink sink_;
  net::HostGate gate_;
};

TEST_F(MoissonHarvester, TakesEachRecordWithItsIdItsWayAndItsPortalsAddress) {
  fill(3);
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  ASSERT_EQ(sink_.taken.size(), 3u);
  const auto& record = sink_.taken[1];
  EXPECT_EQ(record.id, uuid(1));
  EXPECT_EQ(record.remote_id, uuid(1));
  EXPECT_EQ(record.remote_url, "http://ville.test/r1");
  EXPECT_EQ(record.trail, std::vector<std::string>{"http://other.test/datasets/" + uuid(1)});
  EXPECT_TRUE(record.concluded);
  EXPECT_EQ(dcat::to_json(record.record), R"({"kind":"dataset","title":[{"value":"Titre 1"}]})");
  const auto again = moisson_harvester().map(source_, record.raw);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, record.id);
  EXPECT_EQ(again->trail, record.trail);
}

TEST_F(MoissonHarvester, ReadsOnlyWhatChangedSince) {
  fill(1'200);
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken.size(), 1'200u);
  EXPECT_EQ(sink_.pages, 3u);
  log_.put(7, "Autre titre");
  log_.remove(8);
  log_.put(1'200, "Nouveau");
  portal_.forget();
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_FALSE(listing->complete);
  EXPECT_TRUE(listing->not_modified);
  EXPECT_EQ(sink_.taken_ids(), (Ids{uuid(7), uuid(1'200)}));
  EXPECT_EQ(sink_.tombstones, Ids{uuid(8)});
  EXPECT_EQ(portal_.asked().size(), 1u);
  const auto quiet = run();
  ASSERT_TRUE(quiet);
  EXPECT_TRUE(quiet->not_modified);
  EXPECT_TRUE(sink_.taken.empty());
}

TEST_F(MoissonHarvester, BeginsAgainWhereTheLogHasANewEpochOrForgotThePlace) {
  fill(5);
  ASSERT_TRUE(run());
  log_.epoch = "e2";
  log_.put(5, "Nouveau");
  auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_TRUE(sink_.remarked("log_begins_again"));
  EXPECT_EQ(sink_.taken_ids(), Ids{uuid(5)});
  EXPECT_EQ(sink_.unchanged.size(), 5u);  // the same bytes, wherever they stand in the log
  log_.put(6, "Nouveau");
  log_.put(7, "Nouveau");
  log_.floor = log_.seq;
  listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken_ids(), (Ids{uuid(6), uuid(7)}));
}

TEST_F(MoissonHarvester, LeavesWhatChangesWhileItReadsToTheNextRun) {
  log_.page = 2;
  fill(6);
  bool once = true;
  sink_.after_page = [&] {
    if (sink_.pages == 2 && std::exchange(once, false)) log_.put(0, "Titre changé");
  };
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 6u);
  EXPECT_EQ(sink_.taken[0].record, moisson_harvester().map(source_, sink_.taken[0].raw)->record);
  ASSERT_TRUE(run());
  EXPECT_EQ(sink_.taken_ids(), Ids{uuid(0)});
}

TEST_F(MoissonHarvester, KeepsWhatItReadWhenTheFeedBreaks) {
  log_.page = 2;
  fill(6);
  ASSERT_TRUE(run());
  for (int n = 0; n < 6; ++n) log_.put(n, "Changé " + std::to_string(n));
  sink_.after_page = [&] {
    if (sink_.pages == 2) portal_.go_away();
  };
  auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_FALSE(listing->complete || listing->not_modified);
  EXPECT_EQ(sink_.losses.size(), 1u);
  EXPECT_EQ(sink_.taken.size(), 4u);
  sink_.after_page = {};
  portal_.come_back();
  listing = run();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->not_modified);
  EXPECT_EQ(sink_.taken_ids(), (Ids{uuid(4), uuid(5)}));
}

TEST_F(MoissonHarvester, OneRecordThatCannotBeReadCostsOnlyItself) {
  fill(2);
  log_.append(uuid(9), R"("kind":"upsert","record":{"kind":"dataset","title":"no list"})");
  const auto listing = run();
  ASSERT_TRUE(listing) << to_string(listing.error());
  EXPECT_TRUE(listing->complete);
  EXPECT_EQ(sink_.taken.size(), 2u);
  ASSERT_EQ(sink_.failed.size(), 1u);
  EXPECT_EQ(sink_.failed[0].remote_id, uuid(9));
  EXPECT_EQ(sink_.failed[0].error.where, "/changes/2/record/title");
}

TEST_F(MoissonHarvester, RefusesWhatIsNoFeed) {
  portal_.put("/api/v1/changes", R"({"success":true})", "application/json");
  const auto listing = run();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().message, "not an answer of a change feed");
  EXPECT_EQ(listing.error().hint, "is this the address of a Moisson catalog?");
}

}  // namespace
}  // namespace moisson::harvesters
