#include "harvest/schedule.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace moisson::harvest {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) { return parse_moment(text)->instant; }

std::string next(const char* schedule, const char* zone, const char* last) {
  const auto slot = next_run(schedule, zone, "ville", at(last), at(last));
  if (slot.has_error()) return to_string(slot.error());
  return *slot ? format_rfc3339(**slot) : "never";
}

TEST(Schedule, CronRunsInTheZoneOfTheSource) {
  struct Case {
    const char* schedule;
    const char* zone;
    const char* last;
    const char* next;
  };
  const Case cases[] = {
      {"30 3 * * *", "UTC", "2024-01-10T03:30:00Z", "2024-01-11T03:30:00Z"},
      {"30 3 * * *", "UTC", "2024-01-10T03:29:59Z", "2024-01-10T03:30:00Z"},
      {"30 3 * * *", "Europe/Paris", "2024-01-10T12:00:00Z", "2024-01-11T02:30:00Z"},
      {"30 3 * * *", "Europe/Paris", "2024-07-10T12:00:00Z", "2024-07-11T01:30:00Z"},
      {"0 0 * * *", "Asia/Tokyo", "2024-01-10T12:00:00Z", "2024-01-10T15:00:00Z"},
      {"*/20 8-9 * * *", "UTC", "2024-01-10T08:20:00Z", "2024-01-10T08:40:00Z"},
      {"*/20 8-9 * * *", "UTC", "2024-01-10T09:40:00Z", "2024-01-11T08:00:00Z"},
      {"5/20 8 * * *", "UTC", "2024-01-10T08:05:00Z", "2024-01-10T08:25:00Z"},
      {"0 6 * * mon-fri", "UTC", "2024-01-12T06:00:00Z", "2024-01-15T06:00:00Z"},
      {"0 6 * * 7", "UTC", "2024-01-12T06:00:00Z", "2024-01-14T06:00:00Z"},
      {"0 6 1,15 * *", "UTC", "2024-01-02T00:00:00Z", "2024-01-15T06:00:00Z"},
      {"0 6 13 * fri", "UTC", "2024-01-01T00:00:00Z", "2024-01-05T06:00:00Z"},  // either day field
      {"0 6 29 feb *", "UTC", "2024-03-01T00:00:00Z", "2028-02-29T06:00:00Z"},
      {"0 6 29 2 *", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T06:00:00Z"},
      {"0 6 */7 3 2", "UTC", "2024-03-31T00:00:00Z", "2033-03-01T06:00:00Z"},  // both day fields
      {"0 6 */31 2 1", "UTC", "2094-02-02T00:00:00Z", "2100-02-01T06:00:00Z"},
      // 2024-03-31, Paris: 02:00 becomes 03:00. A skipped time runs at the gap's end, once.
      {"30 2 * * *", "Europe/Paris", "2024-03-30T12:00:00Z", "2024-03-31T01:00:00Z"},
      {"30 2 * * *", "Europe/Paris", "2024-03-31T01:00:00Z", "2024-04-01T00:30:00Z"},
      // 2024-10-27, Paris: 03:00 becomes 02:00. A fixed time runs once, every hour runs every hour.
      {"30 2 * * *", "Europe/Paris", "2024-10-26T12:00:00Z", "2024-10-27T00:30:00Z"},
      {"30 2 * * *", "Europe/Paris", "2024-10-27T00:30:00Z", "2024-10-28T01:30:00Z"},
      {"30 * * * *", "Europe/Paris", "2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z"},
      {"30 * * * *", "Europe/Paris", "2024-10-27T01:30:00Z", "2024-10-27T02:30:00Z"},
      {"manual", "UTC", "2024-10-27T01:30:00Z", "never"},
  };
  for (const auto& row : cases)
    EXPECT_EQ(next(row.schedule, row.zone, row.last), row.next) << row.schedule << " " << row.last;
}

TEST(Schedule, RhythmsKeepTheirPhaseHoweverLateARunIs) {
  for (const auto& [schedule, period] : {std::pair("hourly", Instant::duration(1h)),
                                         {"daily", Instant::duration(24h)},
                                         {"weekly", Instant::duration(168h)},
                                         {"PT6H", Instant::duration(6h)},
                                         {"P1DT12H", Instant::duration(36h)},
                                         {"P2W", Instant::duration(336h)}}) {
    const Instant start = at("2024-05-01T12:34:56Z");
    const Instant first = **next_run(schedule, "UTC", "ville", start, start);
    EXPECT_GT(first, start);
    EXPECT_LE(first - start, period);
    EXPECT_EQ(**next_run(schedule, "UTC", "ville", first, first), first + period);
    const Instant late = first + period / 3;
    EXPECT_EQ(**next_run(schedule, "UTC", "ville", late, late), first + period) << schedule;
  }
}

TEST(Schedule, SpreadsTheSourcesOfOneRhythm) {
  std::set<Instant> slots;
  for (int i = 0; i < 50; ++i)
    slots.insert(**next_run("daily", "UTC", "source-" + std::to_string(i), at("2024-05-01"), at("2024-05-01")));
  EXPECT_GT(slots.size(), 45u);
}

TEST(Schedule, ASourceThatNeverRanIsDueAndAMissedSlotIsInThePast) {
  const Instant now = at("2024-05-20T00:00:00Z");
  EXPECT_EQ(**next_run("weekly", "UTC", "ville", std::nullopt, now), now);
  EXPECT_EQ(**next_run("0 3 * * *", "UTC", "ville", std::nullopt, now), now);
  EXPECT_FALSE(next_run("manual", "UTC", "ville", std::nullopt, now)->has_value());
  EXPECT_LE(**next_run("daily", "UTC", "ville", at("2024-05-01"), now), now);
}

TEST(Schedule, WhatCannotBeReadIsAnError) {
  for (const char* schedule : {"",
                               "sometimes",
                               "P",
                               "PT",
                               "PT0S",
                               "P1M",
                               "P1Y",
                               "PT5",
                               "P1H",
                               "PT30S",
                               "P999D",
                               "PT1X",
                               "PT99999999999999H",
                               "60 * * * *",
                               "* 24 * * *",
                               "* * 0 * *",
                               "* * * 13 *",
                               "* * * * 8",
                               "* * * *",
                               "* * * * * *",
                               "5-1 * * * *",
                               "*/0 * * * *",
                               "a * * * *",
                               "0 0 30 2 *",
                               "1,,2 * * * *",
                               "- * * * *",
                               "-1 * * * *"})
    EXPECT_TRUE(check_schedule(schedule, "UTC").has_error()) << schedule;
  EXPECT_TRUE(check_schedule("daily", "Europe/Atlantis").has_error());
  EXPECT_TRUE(check_schedule("30 3 * * MON", "Europe/Paris").has_value());
}

TEST(Schedule, ASourceThatKeepsFailingIsAskedLessOftenOnTheSameSlots) {
  const Instant started = at("2024-05-01T12:00:00Z"), ended = started + std::chrono::minutes(1);
  struct Case {
    const char* schedule;
    std::uint64_t failures;
    const char* next;
  };
  for (const auto& [schedule, failures, next] :
       {Case{"0 * * * *", 0, "2024-05-01T13:00:00Z"}, Case{"0 * * * *", 1, "2024-05-01T13:00:00Z"},
        Case{"0 * * * *", 2, "2024-05-01T14:00:00Z"}, Case{"0 * * * *", 3, "2024-05-01T15:00:00Z"},
        Case{"0 * * * *", 4, "2024-05-01T17:00:00Z"}, Case{"0 * * * *", 9, "2024-05-06T21:00:00Z"},
        Case{"0 * * * *", 1'000, "2024-05-08T13:00:00Z"}, Case{"0 12 * * *", 6, "2024-05-02T12:00:00Z"},
        Case{"0 12 * * *", 7, "2024-05-03T12:00:00Z"}, Case{"0 12 1 * *", 50, "2024-06-01T12:00:00Z"}}) {
    const auto made = next_try(schedule, "UTC", "ville", started, ended, failures);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(format_rfc3339(**made), next) << schedule << " " << failures;
  }
  EXPECT_EQ(*next_try("manual", "UTC", "ville", started, ended, 5), std::nullopt);
}

}  // namespace
}  // namespace moisson::harvest
