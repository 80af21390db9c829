// One catalog mirrors another by its change feed, both whole, over HTTP.

#include "agreement.h"
#include "app/demo_portals.h"
#include "living_portal.h"
#include "neighbour.h"
#include "store/writer.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace moisson::test {
namespace {

using harvest::Counts;
using harvest::JobOutcome;

// What must be the same in a mirror: by id, the record, and its page at the portal.
std::map<std::string, std::pair<std::string, std::string>> content(Neighbour& catalog) {
  std::map<std::string, std::pair<std::string, std::string>> out;
  for (const auto& record : catalog.records()) out[record.id] = {record.json, record.remote_url};
  return out;
}

TEST(Mirror, HoldsTheSameRecordsUnderTheSameIdsAndReadsNothingTwice) {
  const http::Router router(app::demo_portal_routes());
  const auto portals = std::move(http::Server::start({.listen = "127.0.0.1:0", .workers = 1}, router).value());
  auto demo = app::demo_configuration("http://127.0.0.1:" + std::to_string(portals->port()), "unused", "127.0.0.1:1");
  for (auto& source : demo.sources) source.private_networks = true;
  Neighbour a(demo.sources);
  for (const auto& source : demo.sources) a.harvest(source.id);
  ASSERT_FALSE(a.records().empty());

  Neighbour b({source_of("a", "moisson", a.url())});
  const auto first = b.harvest("a");
  EXPECT_EQ(first.outcome, JobOutcome::succeeded);
  EXPECT_EQ(first.counts, (Counts{.created = a.records().size()}));
  EXPECT_EQ(content(b), content(a));
  const auto record = b.records().front();
  EXPECT_EQ(record.trail, std::vector<std::string>{a.url() + "/datasets/" + record.id});

  const auto seq = b.instance().store().last_seq();
  const auto second = b.harvest("a");
  EXPECT_EQ(second.outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(second.counts, (Counts{.unchanged = a.records().size()}));
  EXPECT_EQ(b.instance().store().last_seq(), seq);
  EXPECT_EQ(b.harvest("a", true).outcome, JobOutcome::nothing_changed);
  EXPECT_EQ(b.instance().store().last_seq(), seq);
}

TEST(Mirror, IsEqualAgainAfterOnePollOfAThousandChangesMovesAndRemovals) {
  LivingPortal portal(400);
  Neighbour a({source_of("ville", "ckan", portal.url())});
  a.harvest("ville");
  Neighbour b({source_of("a", "moisson", a.url())});
  b.harvest("a");
  std::mt19937 chance(20261128);
  std::uint64_t moved = 0, removed = 0;
  for (int round = 0; round < 5; ++round) {
    for (int n = 0; n < 200; ++n) portal.change(chance);
    const auto counts = a.harvest("ville", true).counts;
    moved += counts.moved;
    removed += counts.removed;
  }
  EXPECT_GT(moved, 0u);
  EXPECT_GT(removed, 0u);
  const auto job = b.harvest("a");
  EXPECT_EQ(job.outcome, JobOutcome::succeeded);
  EXPECT_GT(job.counts.removed, 0u);
  EXPECT_EQ(content(b), content(a));
  replay_gives(b.instance().store(), b.records());
}

TEST(Mirror, WaitsForAPersonWhereTooMuchWasRemovedAtOnce) {
  LivingPortal portal(60);
  Neighbour a({source_of("ville", "ckan", portal.url())});
  a.harvest("ville");
  Neighbour b({source_of("a", "moisson", a.url())}, {.max_removed_share = 0.2});
  b.harvest("a");
  ASSERT_TRUE(a.instance().store().writer().retire_source("ville", true));
  const auto held = b.harvest("a");
  EXPECT_EQ(held.outcome, JobOutcome::held);
  EXPECT_EQ(held.removals_waiting, 60u);
  EXPECT_EQ(b.records().size(), 60u);
  ASSERT_TRUE(b.instance().control().approve(held.id));
  EXPECT_TRUE(b.records().empty());
}

TEST(Mirror, TwoThatMirrorEachOtherKeepTheirOwnRecordsOnceAndTellIt) {
  LivingPortal first(5), second(7);
  Neighbour a({source_of("ville", "ckan", first.url())});
  Neighbour b({source_of("metropole", "ckan", second.url()), source_of("a", "moisson", a.url())});
  a.harvest("ville");
  b.harvest("metropole");
  b.harvest("a");
  EXPECT_EQ(b.records().size(), 12u);
  // A begins to mirror B.
  auto mirror = source_of("b", "moisson", b.url());
  ASSERT_TRUE(a.instance().store().writer().put_source(mirror));
  const auto job = a.harvest("b");
  EXPECT_EQ(job.counts, (Counts{.created = 7, .skipped = 5}));
  ASSERT_EQ(job.remarks.size(), 1u);
  EXPECT_EQ(job.remarks[0].cause, "harvests_us");
  EXPECT_EQ(b.harvest("a").counts, (Counts{.unchanged = 5, .skipped = 7}));
  EXPECT_EQ(content(a), content(b));
}

}  // namespace
}  // namespace moisson::test
