#include "api/usage_count.h"
#include "api/client_family.h"

#include <gtest/gtest.h>

#include <string>

namespace moisson::api {
namespace {

using namespace std::chrono_literals;
using store::ClientFamily;
using store::UsageCounts;

const Instant midnight{std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}};

UsageEvent search(Instant at, std::string words, std::uint64_t found, std::uint64_t visitor) {
  UsageEvent event;
  event.at = at;
  event.family = ClientFamily::browser;
  event.search = true;
  event.subject = std::move(words);
  event.found = found;
  event.visitor = visitor;
  event.took = 2ms;
  return event;
}

TEST(ClientFamily, IsReadFromTheNameThatAProgramGivesItself) {
  struct Case {
    std::string_view name, path;
    ClientFamily family;
  };
  const Case cases[] = {
      {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "/", ClientFamily::browser},
      {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "/", ClientFamily::bot},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)", "/",
       ClientFamily::assistant},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)", "/", ClientFamily::bot},
      {"ckanext-harvest/1.5", "/api/3/action/package_search", ClientFamily::harvester},
      {"Moisson/1 (+https://example.org/moisson)", "/api/v1/changes", ClientFamily::harvester},
      {"curl/7.88.1", "/", ClientFamily::script},
      {"python-requests/2.31", "/", ClientFamily::script},
      {"", "/", ClientFamily::script},
      {"node", "/mcp", ClientFamily::assistant},
  };
  for (const Case& c : cases) EXPECT_EQ(client_family(c.name, c.path), c.family) << c.name;
}

TEST(UsageCount, SumsByTheHourAndFamily) {
  UsageCount count;
  count.add(search(midnight + 9h, "eau", 3, 1));
  count.add(search(midnight + 9h + 59min, "xyz", 0, 1));
  UsageEvent view;
  view.at = midnight + 10h;
  view.view = true;
  view.subject = "id";
  view.client = "key";
  count.add(view);
  UsageEvent other;
  other.at = midnight + 10h;
  count.add(other);

  const auto usage = count.take();
  ASSERT_EQ(usage.hours.size(), 2u);
  EXPECT_EQ(usage.hours[0].hour, midnight + 9h);
  EXPECT_EQ(usage.hours[0].of(ClientFamily::browser), (UsageCounts{2, 2, 1, 0, 0}));
  EXPECT_EQ(usage.hours[0].times[store::time_class(2ms)], 2u);
  EXPECT_EQ(usage.hours[1].of(ClientFamily::script), (UsageCounts{2, 0, 0, 1, 0}));
  ASSERT_EQ(usage.clients.size(), 1u);
  EXPECT_EQ(usage.clients[0], (store::ClientHour{"key", midnight + 10h, {1, 0, 0, 1, 0}}));
  EXPECT_TRUE(usage.subjects.empty());
  EXPECT_TRUE(count.take().empty());
}

TEST(UsageCount, GivesAQueryOutOnceEnoughVisitorsAskedForIt) {
  UsageCount count;
  for (std::uint64_t visitor = 1; visitor < store::visitors_needed; ++visitor)
    for (int again = 0; again < 3; ++again) count.add(search(midnight, " Eau  Potable ", 0, visitor));
  EXPECT_TRUE(count.take().subjects.empty());
  count.add(search(midnight + 1h, "eau potable", 5, 99));
  const auto usage = count.take();
  ASSERT_EQ(usage.subjects.size(), 1u);
  EXPECT_EQ(usage.subjects[0],
            (store::UsageSubject{store::SubjectKind::query, midnight, "eau potable",
                                 3 * (store::visitors_needed - 1) + 1, 3 * (store::visitors_needed - 1)}));
  count.add(search(midnight + 2h, "eau potable", 5, 1));
  EXPECT_EQ(count.take().subjects[0].times, 1u);
}

TEST(UsageCount, ForgetsAtMidnightWhatTooFewAskedFor) {
  UsageCount count;
  for (std::uint64_t visitor = 1; visitor < store::visitors_needed; ++visitor)
    count.add(search(midnight, "rare", 1, visitor));
  for (std::uint64_t visitor = 1; visitor <= store::visitors_needed; ++visitor)
    count.add(search(midnight, "eau", 1, visitor));
  count.add(search(midnight + 24h, "rare", 1, 99));
  const auto usage = count.take();
  ASSERT_EQ(usage.subjects.size(), 1u) << "yesterday's frequent query, not the one that needed two days";
  EXPECT_EQ(usage.subjects[0].subject, "eau");
  EXPECT_EQ(usage.subjects[0].day, midnight);
}

TEST(UsageCount, LeavesOutWhatCrawlersAndHarvestersAskForAndOverlongQueries) {
  UsageCount count;
  for (std::uint64_t visitor = 1; visitor <= store::visitors_needed; ++visitor) {
    auto crawled = search(midnight, "eau", 1, visitor);
    crawled.family = ClientFamily::bot;
    count.add(crawled);
    count.add(search(midnight, std::string(max_subject_bytes + 1, 'a'), 1, visitor));
    count.add(search(midnight, "", 1, visitor));
  }
  EXPECT_TRUE(count.take().subjects.empty());
}

TEST(UsageCount, IsNotCrowdedOutByOneVisitor) {
  UsageCount count;
  for (std::uint64_t visitor = 1; visitor < store::visitors_needed; ++visitor)
    count.add(search(midnight, "eau", 1, visitor));
  for (std::size_t n = 0; n < max_subjects + 10; ++n) count.add(search(midnight, "noise " + std::to_string(n), 0, 7));
  count.add(search(midnight, "eau", 1, 99));
  ASSERT_EQ(count.take().subjects.size(), 1u);
}

TEST(UsageCount, GivesAgainWhatCouldNotBeKept) {
  UsageCount count;
  count.add(search(midnight, "eau", 1, 1));
  count.put_back(count.take());
  EXPECT_EQ(count.take().hours.size(), 1u);
}

}  // namespace
}  // namespace moisson::api
