#include "web/calendar.h"

#include "web/typography.h"

#include <fmt/format.h>

#include <ctime>

namespace moisson::web {
namespace {

using namespace std::chrono;

// A wall clock's reading.
struct Reading {
  sys_days day;
  int hour = 0;
  int minute = 0;
};

Reading reading_here(Instant instant) {
  const std::time_t seconds =
      system_clock::to_time_t(time_point_cast<system_clock::duration>(floor<std::chrono::seconds>(instant)));
  std::tm parts{};
  localtime_r(&seconds, &parts);
  const year_month_day ymd{year{parts.tm_year + 1900}, month{static_cast<unsigned>(parts.tm_mon + 1)},
                           std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
  return {sys_days{ymd}, parts.tm_hour, parts.tm_min};
}

std::string month_name(const Words& words, month m) {
  return std::string(words(fmt::format("date.month.{}", unsigned{m})));
}

std::string full(const Words& words, sys_days day) {
  const year_month_day ymd{day};
  const unsigned d{ymd.day()};
  const std::string number = d == 1 ? std::string(words("date.first")) : std::to_string(d);
  return words.fill(
      "date.full",
      {{"day", number}, {"month", month_name(words, ymd.month())}, {"year", std::to_string(int{ymd.year()})}});
}

std::string clock_time(const Words& words, const Reading& reading) {
  return words.fill("date.time", {{"h", std::to_string(reading.hour)}, {"m", fmt::format("{:02}", reading.minute)}});
}

}  // namespace

std::string date(const Words& words, const Moment& moment) {
  const sys_days day = floor<days>(moment.instant);
  const year_month_day ymd{day};
  switch (moment.precision) {
    case Precision::year:
      return std::to_string(int{ymd.year()});
    case Precision::month:
      return words.fill("date.month_year",
                        {{"month", month_name(words, ymd.month())}, {"year", std::to_string(int{ymd.year()})}});
    case Precision::day:
    case Precision::second:
      break;
  }
  return full(words, day);
}

std::string day(const Words& words, Instant instant) { return full(words, reading_here(instant).day); }

std::string time_of_day(const Words& words, Instant instant) { return clock_time(words, reading_here(instant)); }

std::string long_day(const Words& words, Instant instant) {
  const Reading reading = reading_here(instant);
  const std::string weekday_key = fmt::format("date.weekday.{}", weekday{reading.day}.iso_encoding());
  return words.fill("date.with_weekday", {{"weekday", words(weekday_key)}, {"date", full(words, reading.day)}});
}

std::string when(const Words& words, Instant instant, Instant now) {
  const Reading then = reading_here(instant);
  const auto distance = then.day - reading_here(now).day;
  const std::string time = clock_time(words, then);
  if (distance == days{0}) return words.fill("date.today_at", {{"time", time}});
  if (distance == days{-1}) return words.fill("date.yesterday_at", {{"time", time}});
  if (distance == days{1}) return words.fill("date.tomorrow_at", {{"time", time}});
  if (distance > days{1}) return words.fill("date.day_at", {{"date", full(words, then.day)}, {"time", time}});
  return full(words, then.day);
}

std::string when_in_text(const Words& words, Instant instant, Instant now) {
  const Reading then = reading_here(instant);
  const auto distance = then.day - reading_here(now).day;
  const std::string time = clock_time(words, then);
  if (distance == days{0}) return words.fill("date.today_at_text", {{"time", time}});
  if (distance == days{-1}) return words.fill("date.yesterday_at_text", {{"time", time}});
  return words.fill("date.on", {{"date", full(words, then.day)}});
}

std::string when(const Words& words, const Moment& moment, Instant now) {
  // Midnight to the second is a date that a portal wrote as a time.
  const bool timed = moment.precision == Precision::second && moment.instant != floor<days>(moment.instant);
  const bool recent = timed && moment.instant <= now && now - moment.instant < days{2};
  return recent ? when(words, moment.instant, now) : date(words, moment);
}

std::string ago(const Words& words, Instant instant, Instant now) {
  const auto passed = now - instant;
  if (passed < minutes{1}) return std::string(words("ago.now"));
  if (passed < hours{1}) return words.fill("ago.minutes", {{"n", std::to_string(floor<minutes>(passed).count())}});
  if (passed < days{1}) return words.fill("ago.hours", {{"n", std::to_string(floor<hours>(passed).count())}});
  const auto midnights = (reading_here(now).day - reading_here(instant).day).count();
  if (midnights == 1) return std::string(words("ago.yesterday"));
  if (midnights < 30) return words.plural("ago.days", static_cast<std::uint64_t>(midnights));
  return day(words, instant);
}

std::string duration(const Words& words, milliseconds span) {
  const auto total = round<seconds>(span).count();
  const std::string s = std::to_string(total % 60), m = std::to_string(total / 60 % 60),
                    h = std::to_string(total / 3600);
  if (total < 60) return words.fill("duration.seconds", {{"s", s}});
  if (total < 3600) return words.fill("duration.minutes", {{"m", m}, {"s", s}});
  return words.fill("duration.hours", {{"h", h}, {"m", m}});
}

int day_number(Instant instant) { return static_cast<int>(reading_here(instant).day.time_since_epoch().count()); }

}  // namespace moisson::web
