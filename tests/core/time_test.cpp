#include <moisson/core/time.h>

#include <gtest/gtest.h>

namespace moisson {
namespace {

struct Spelling {
  std::string_view text;
  std::string_view canonical;  // empty: no date
};

constexpr Spelling spellings[] = {
    {"2024", "2024"},
    {"2024Z", "2024"},
    {"2024-05", "2024-05"},
    {"2024-05-01", "2024-05-01"},
    {"2024-5-1", "2024-05-01"},
    {"2024-05-01Z", "2024-05-01"},
    {"2024-05-01+02:00", "2024-05-01"},
    {"2024/05/01", "2024-05-01"},
    {"20240501", "2024-05-01"},
    {"01/05/2024", "2024-05-01"},
    {"31/12/2024", "2024-12-31"},
    {"1/5/2024", "2024-05-01"},
    {"01-05-2024", "2024-05-01"},
    {"01.05.2024", "2024-05-01"},
    {"01/05/2024 12:34", "2024-05-01T12:34:00Z"},
    {"Tue, 06 Mar 2018 17:22:24 GMT", "2018-03-06T17:22:24Z"},
    {" 2024-05-01 ", "2024-05-01"},
    {"2024-05-01T12:34:56Z", "2024-05-01T12:34:56Z"},
    {"2024-05-01T12:34:56z", "2024-05-01T12:34:56Z"},
    {"2024-05-01T12:34:56", "2024-05-01T12:34:56Z"},
    {"2024-05-01 12:34:56", "2024-05-01T12:34:56Z"},
    {"2024-05-01T12:34", "2024-05-01T12:34:00Z"},
    {"2024-05-01T12:34:56.7", "2024-05-01T12:34:56.700Z"},
    {"2024-05-01T12:34:56.789123", "2024-05-01T12:34:56.789Z"},
    {"2024-05-01T12:34:56.000000", "2024-05-01T12:34:56Z"},
    {"2024-05-01T12:34:56.123456789012345678Z", "2024-05-01T12:34:56.123Z"},
    {"2024-05-01T12:34:56,5Z", "2024-05-01T12:34:56.500Z"},
    {"2024-05-01T00:30:00+02:00", "2024-04-30T22:30:00Z"},
    {"2024-05-01T12:34:56+0200", "2024-05-01T10:34:56Z"},
    {"2024-05-01T12:34:56-03", "2024-05-01T15:34:56Z"},
    {"2024-05-01 12:34:56 UTC", "2024-05-01T12:34:56Z"},
    {"2024-05-01 12:34:56 +0200", "2024-05-01T10:34:56Z"},
    {"20240501T123456Z", "2024-05-01T12:34:56Z"},
    {"2024-12-31T24:00:00", "2025-01-01T00:00:00Z"},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
    {"0001-01-01", "0001-01-01"},
    {"9999-12-31", "9999-12-31"},
    {"2024-02-29", "2024-02-29"},
    {"", ""},
    {"R/P1D", ""},
    {"2004/292269055-12-02", ""},
    {"2024-13-01", ""},
    {"2023-02-29", ""},
    {"31/02/2024", ""},
    {"0000-01-01", ""},
    {"10000-01-01", ""},
    {"2024-05-01T25:00", ""},
    {"2024-05-01T12:60", ""},
    {"2024-05-01T24:00:01", ""},
    {"2024-05-01T12:34:56.", ""},
    {"2024-05-01T12:34:56Zx", ""},
    {"2024-05-01T12:34:56+99:00", ""},
    {"0001-01-01T00:00:00+02:00", ""},
    {"2024-05-01/2024-06-01", ""},
    {"mai 2024", ""},
    {"yesterday", ""},
    {"-2024", ""},
    {"1714567890", ""},
};

TEST(ParseMoment, ReadsEverySpellingMetInPortals) {
  for (const auto& [text, canonical] : spellings) {
    const auto moment = parse_moment(text);
    EXPECT_EQ(moment ? format_moment(*moment) : "", canonical) << text;
    if (!moment) {
      EXPECT_EQ(moment.error().code, ErrorCode::invalid_input);
      EXPECT_TRUE(moment.error().where.empty());
    }
  }
}

TEST(FormatMoment, IsReadBackEqual) {
  for (const auto& [text, canonical] : spellings) {
    if (canonical.empty()) continue;
    const auto moment = *parse_moment(text);
    EXPECT_EQ(*parse_moment(format_moment(moment)), moment) << text;
  }
}

TEST(HttpDate, ReadsTheThreeFormsOfRfc9110) {
  for (const auto* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    const auto instant = parse_http_date(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(format_rfc3339(*instant), "1994-11-06T08:49:37Z");
    EXPECT_EQ(format_http_date(*instant), "Sun, 06 Nov 1994 08:49:37 GMT");
  }
  EXPECT_EQ(format_rfc3339(*parse_http_date("Friday, 01-Mar-24 00:00:00 GMT")), "2024-03-01T00:00:00Z");
}

TEST(HttpDate, RefusesTheRest) {
  for (const auto* text :
       {"", "2024-05-01", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT trailing", "Sun, 06 Nov 1994 084937 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT", "Sun, 06 Nov 1994 24:00:00 GMT"})
    EXPECT_FALSE(parse_http_date(text)) << text;
}

TEST(Rfc3339, ShowsMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(format_rfc3339(Instant{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_rfc3339(Instant{std::chrono::milliseconds{5}}), "1970-01-01T00:00:00.005Z");
  EXPECT_EQ(format_rfc3339(Instant{std::chrono::milliseconds{-1}}), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace moisson
