#include "store/usage_book.h"
#include "tests/store/shelf.h"

#include <gtest/gtest.h>

namespace moisson::store {
namespace {

using namespace std::chrono_literals;

Instant at_hour(int hour) {
  return Instant(std::chrono::sys_days{std::chrono::year{2026} / 1 / 15}) + std::chrono::hours(hour);
}

UsageHour an_hour(int hour, ClientFamily family, UsageCounts counts) {
  UsageHour made{.hour = at_hour(hour)};
  made.of(family) = counts;
  return made;
}

TEST(SearchTimes, GiveQuantilesWithinTheirClasses) {
  EXPECT_EQ(time_class(0us), 0u);
  EXPECT_EQ(time_class(100us), 0u);
  EXPECT_EQ(time_class(101us), 1u);
  EXPECT_EQ(time_class(200us), 2u);
  EXPECT_EQ(time_class(10h), time_classes - 1);

  SearchTimes times{};
  EXPECT_EQ(quantile(times, .5), std::nullopt);
  times[2] = 100;  // 141 to 200 microseconds
  EXPECT_EQ(quantile(times, .5), 171us);
  EXPECT_EQ(quantile(times, 1), 200us);
  times[12] = 1;  // one of 4.5 to 6.4 milliseconds
  EXPECT_LE(quantile(times, .99), 200us);
  EXPECT_EQ(quantile(times, 1), 6400us);
}

TEST(UsageBook, AddsIncrementsOfAnHourAndKeepsThem) {
  test::Shelf shelf;
  Usage first{
      .hours = {an_hour(9, ClientFamily::browser, {4, 3, 1, 1, 0}), an_hour(10, ClientFamily::bot, {7, 0, 0, 7, 0})}};
  first.hours[0].times[3] = 3;
  ASSERT_TRUE(shelf.store->usage().add(first));
  Usage second{
      .hours = {an_hour(9, ClientFamily::browser, {1, 1, 0, 0, 0}), an_hour(9, ClientFamily::script, {2, 0, 0, 0, 2})}};
  second.hours[0].times[3] = 1;
  ASSERT_TRUE(shelf.store->usage().add(second));
  shelf.reopen();

  const auto hours = shelf.store->usage().hours(at_hour(0), at_hour(24)).value();
  ASSERT_EQ(hours.size(), 2u);
  EXPECT_EQ(hours[0].hour, at_hour(9));
  EXPECT_EQ(hours[0].of(ClientFamily::browser), (UsageCounts{5, 4, 1, 1, 0}));
  EXPECT_EQ(hours[0].of(ClientFamily::script), (UsageCounts{2, 0, 0, 0, 2}));
  EXPECT_EQ(hours[0].times[3], 4u);
  EXPECT_EQ(hours[1].total(), (UsageCounts{7, 0, 0, 7, 0}));
  EXPECT_TRUE(shelf.store->usage().hours(at_hour(24), at_hour(48)).value().empty());
}

TEST(UsageBook, RanksSubjectsOverASpanAndTellsSinceWhen) {
  test::Shelf shelf;
  const auto asked = [](int hour, std::string words, std::uint64_t times, std::uint64_t without) {
    return UsageSubject{SubjectKind::query, at_hour(hour), std::move(words), times, without};
  };
  ASSERT_TRUE(shelf.store->usage().add({.subjects = {asked(-48, "menus", 20, 0),
                                                     asked(-24, "menus", 20, 20),
                                                     asked(0, "menus", 30, 30),
                                                     asked(0, "eau", 40, 0),
                                                     {SubjectKind::view, at_hour(0), "id", 90, 0}}}));
  const auto top = shelf.store->usage().top(SubjectKind::query, at_hour(0), at_hour(24), 10).value();
  ASSERT_EQ(top.size(), 2u);
  EXPECT_EQ(top[0].subject, "eau");
  EXPECT_EQ(top[0].times, 40u);
  EXPECT_EQ(top[1].since, at_hour(-48));
  const auto missing = shelf.store->usage().missing(at_hour(-24), at_hour(24), 10).value();
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].without_result, 50u);
  EXPECT_EQ(missing[0].since, at_hour(-24));
  EXPECT_EQ(shelf.store->usage().top(SubjectKind::query, at_hour(-48), at_hour(24), 1).value()[0].subject, "menus");
}

TEST(UsageBook, KeepsAClientsFiguresForThatClient) {
  test::Shelf shelf;
  ASSERT_TRUE(
      shelf.store->usage().add({.clients = {{"a", at_hour(1), {2, 1, 0, 0, 0}}, {"b", at_hour(1), {9, 0, 0, 0, 0}}}}));
  ASSERT_TRUE(shelf.store->usage().add({.clients = {{"a", at_hour(1), {3, 0, 0, 1, 0}}}}));
  const auto hours = shelf.store->usage().client_hours("a", at_hour(0), at_hour(24)).value();
  ASSERT_EQ(hours.size(), 1u);
  EXPECT_EQ(hours[0].counts, (UsageCounts{5, 1, 0, 1, 0}));
  EXPECT_TRUE(shelf.store->usage().named_clients(at_hour(0), at_hour(24)).value().empty()) << "nobody consented";
  ASSERT_TRUE(shelf.store->usage().name_client("a", "Rédaction"));
  const auto named = shelf.store->usage().named_clients(at_hour(0), at_hour(24)).value();
  ASSERT_EQ(named.size(), 1u);
  EXPECT_EQ(named[0].name, "Rédaction");
  EXPECT_EQ(named[0].counts.requests, 5u);
  ASSERT_TRUE(shelf.store->usage().name_client("a", ""));
  EXPECT_EQ(shelf.store->usage().client_name("a").value(), "");
}

}  // namespace
}  // namespace moisson::store
