#include "api/ckan_date.h"

#include "core/text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

namespace moisson::api::ckan {
namespace {

using namespace std::chrono;

enum class Unit { year, month, day, hour, minute, second, millisecond };

struct UnitName {
  std::string_view name;  // of one
  Unit unit;
};
constexpr std::array<UnitName, 9> unit_names{{{"YEAR", Unit::year},
                                              {"MONTH", Unit::month},
                                              {"DAY", Unit::day},
                                              {"DATE", Unit::day},
                                              {"HOUR", Unit::hour},
                                              {"MINUTE", Unit::minute},
                                              {"SECOND", Unit::second},
                                              {"MILLISECOND", Unit::millisecond},
                                              {"MILLI", Unit::millisecond}}};

constexpr std::int64_t most_units = 1'000'000;
constexpr int most_steps = 32;

std::optional<Unit> unit_named(std::string_view word) {
  for (const auto& row : unit_names)
    if (word == row.name || (word.size() == row.name.size() + 1 && word.back() == 'S' && word.starts_with(row.name)))
      return row.unit;
  return std::nullopt;
}

Instant plus_months(Instant instant, std::int64_t count) {
  const auto day = floor<days>(instant);
  const year_month_day date{day};
  const auto month_wanted = year_month{date.year(), date.month()} + months(count);
  const auto last = year_month_day_last{month_wanted.year(), month_day_last{month_wanted.month()}}.day();
  const year_month_day moved{month_wanted.year(), month_wanted.month(), std::min(date.day(), last)};
  return time_point_cast<milliseconds>(sys_days{moved}) + (instant - day);
}

Instant plus(Instant instant, Unit unit, std::int64_t count) {
  switch (unit) {
    case Unit::year:
      return plus_months(instant, 12 * count);
    case Unit::month:
      return plus_months(instant, count);
    case Unit::day:
      return instant + days(count);
    case Unit::hour:
      return instant + hours(count);
    case Unit::minute:
      return instant + minutes(count);
    case Unit::second:
      return instant + seconds(count);
    case Unit::millisecond:
      return instant + milliseconds(count);
  }
  return instant;
}

Instant begin_of(Instant instant, Unit unit) {
  const year_month_day date{floor<days>(instant)};
  switch (unit) {
    case Unit::year:
      return time_point_cast<milliseconds>(sys_days{date.year() / January / 1});
    case Unit::month:
      return time_point_cast<milliseconds>(sys_days{date.year() / date.month() / 1});
    case Unit::day:
      return floor<days>(instant);
    case Unit::hour:
      return floor<hours>(instant);
    case Unit::minute:
      return floor<minutes>(instant);
    case Unit::second:
      return floor<seconds>(instant);
    case Unit::millisecond:
      return instant;
  }
  return instant;
}

Error unreadable(std::string_view text) {
  return {ErrorCode::invalid_input, "Invalid Date Math String: '" + std::string(cut(text, 100)) + "'", "", ""};
}

}  // namespace

std::string format_date(Instant instant) {
  auto text = format_rfc3339(instant);  // with Z, and three digits or none
  text.pop_back();
  text += text.size() == 19 ? ".000000" : "000";
  return text;
}

Result<Instant> parse_date_math(std::string_view text, Instant now) {
  const auto whole = text;
  Instant instant = now;
  if (text.starts_with("NOW")) {
    text.remove_prefix(3);
  } else {
    // The math begins after the time's Z; a time without one holds no math, since its own signs could not be told
    // apart.
    const auto z = text.find('Z');
    const auto end = z == std::string_view::npos ? text.size() : z + 1;
    const auto moment = parse_moment(text.substr(0, end));
    if (!moment) return unreadable(whole);
    instant = moment->instant;
    text.remove_prefix(end);
  }
  for (int step = 0; !text.empty(); ++step) {
    if (step == most_steps) return unreadable(whole);
    const char sign = text.front();
    text.remove_prefix(1);
    std::int64_t count = 0;
    if (sign == '+' || sign == '-') {
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
      if (error != std::errc{} || count < 0 || count > most_units) return unreadable(whole);
      text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    } else if (sign != '/') {
      return unreadable(whole);
    }
    const auto unit = unit_named(text.substr(0, text.find_first_of("+-/")));
    if (!unit) return unreadable(whole);
    text.remove_prefix(std::min(text.find_first_of("+-/"), text.size()));
    if ((*unit == Unit::year && count > 10'000) || (*unit == Unit::month && count > 120'000)) return unreadable(whole);
    instant = sign == '/' ? begin_of(instant, *unit) : plus(instant, *unit, sign == '-' ? -count : count);
    const auto year = year_month_day{floor<days>(instant)}.year();
    if (year < std::chrono::year{1} || year > std::chrono::year{9999}) return unreadable(whole);
  }
  return instant;
}

}  // namespace moisson::api::ckan
