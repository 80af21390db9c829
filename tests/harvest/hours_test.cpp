#include "harvest/hours.h"

#include <gtest/gtest.h>

#include <vector>

namespace moisson::harvest {
namespace {

Instant at(std::string_view text) { return parse_moment(text)->instant; }
Opening window(const char* text, const char* zone = "UTC") { return {*Hours::parse(text), zone, false}; }
Opening blackout(const char* text, const char* zone = "UTC") { return {*Hours::parse(text), zone, true}; }

TEST(Hours, AreReadAsPeopleWriteThem) {
  struct Case {
    const char* text;
    std::size_t minutes;  // of the week
  };
  for (const auto& [text, minutes] :
       {Case{"", 0}, Case{"22:00-06:00", 7 * 8 * 60}, Case{"mon-fri 08:00-18:00", 5 * 10 * 60},
        Case{"sat-sun", 2 * 1440}, Case{"Sun", 1440}, Case{"fri-mon 00:00-24:00", 4 * 1440},
        Case{"mon 23:30-00:30, tue 00:00-01:00", 90}, Case{" 12:00-12:01 ", 7}}) {
    const auto hours = Hours::parse(text);
    ASSERT_TRUE(hours.has_value()) << text;
    std::size_t covered = 0;
    for (std::size_t minute = 0; minute < Hours::week; ++minute) covered += hours->covers(minute) ? 1 : 0;
    EXPECT_EQ(covered, minutes) << text;
  }
  for (const char* text :
       {"noon", "25:00-26:00", "mon-", "08:00", "08:00-08:00", "mon 8h-9h", "24:00-01:00", "mon-fri,,", "8:0-9:0"})
    EXPECT_EQ(Hours::parse(text).error().code, ErrorCode::invalid_input) << text;
}

TEST(Hours, ARunStartsAtTheFirstMinuteThatAllOpeningsAllow) {
  struct Case {
    const char* what;
    const char* from;
    std::vector<Opening> openings;
    const char* to;
  };
  const Case cases[] = {
      {"no hours", "2024-05-01T12:34:56Z", {}, "2024-05-01T12:34:56Z"},
      {"within", "2024-05-01T23:34:56Z", {window("22:00-06:00")}, "2024-05-01T23:34:56Z"},
      {"before", "2024-05-01T12:34:56Z", {window("22:00-06:00")}, "2024-05-01T22:00:00Z"},
      {"after midnight", "2024-05-02T05:59:00Z", {window("22:00-06:00")}, "2024-05-02T05:59:00Z"},
      {"a weekend", "2024-05-01T12:00:00Z", {window("sat-sun")}, "2024-05-04T00:00:00Z"},
      {"a local window", "2024-07-01T12:00:00Z", {window("22:00-06:00", "Europe/Paris")}, "2024-07-01T20:00:00Z"},
      {"a black-out", "2024-05-01T12:00:00Z", {blackout("mon-fri 08:00-18:00")}, "2024-05-01T18:00:00Z"},
      {"both", "2024-05-01T12:00:00Z", {window("10:00-19:00"), blackout("08:00-18:30")}, "2024-05-01T18:30:00Z"},
      {"two zones",
       "2024-07-01T12:00:00Z",
       {window("22:00-23:59", "Europe/Paris"), blackout("20:00-21:00")},
       "2024-07-01T21:00:00Z"},
      // Europe/Paris, 2024-03-31: 02:00 becomes 03:00 at 01:00Z.
      {"a window in the gap never comes that day",
       "2024-03-31T00:00:00Z",
       {window("02:15-02:45", "Europe/Paris")},
       "2024-04-01T00:15:00Z"},
      {"a window across the gap opens at its end",
       "2024-03-31T00:30:00Z",
       {window("02:15-04:00", "Europe/Paris")},
       "2024-03-31T01:00:00Z"},
      // 2024-10-27: 03:00 becomes 02:00 at 01:00Z.
      {"the first of two", "2024-10-26T22:00:00Z", {window("02:15-02:45", "Europe/Paris")}, "2024-10-27T00:15:00Z"},
      {"the second of two", "2024-10-27T00:50:00Z", {window("02:15-02:45", "Europe/Paris")}, "2024-10-27T01:15:00Z"},
      {"a black-out lasts through both",
       "2024-10-27T00:10:00Z",
       {blackout("02:00-03:00", "Europe/Paris")},
       "2024-10-27T02:00:00Z"},
  };
  for (const auto& row : cases) {
    const auto open = first_open(at(row.from), row.openings);
    ASSERT_TRUE(open.has_value()) << row.what;
    EXPECT_EQ(format_rfc3339(*open), row.to) << row.what;
  }
}

TEST(Hours, OpeningsThatLeaveNoMinuteAreAnError) {
  const std::vector<Opening> never{window("08:00-18:00"), blackout("07:00-19:00")};
  EXPECT_EQ(first_open(at("2024-05-01"), never).error().code, ErrorCode::invalid_input);
  const std::vector<Opening> nowhere{window("08:00-18:00", "Europe/Nowhere")};
  EXPECT_EQ(first_open(at("2024-05-01"), nowhere).error().where, "timezone");
}

}  // namespace
}  // namespace moisson::harvest
