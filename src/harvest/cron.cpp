#include "harvest/cron.h"

#include "core/text.h"
#include "harvest/zone.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace moisson::harvest {
namespace {

// 29 February can be eight years away (2096 to 2104), and the first of a month that must be a weekday too ("*/31 2 1")
// twelve.
constexpr int longest_wait_days = 12 * 366 + 1;

struct FieldRule {
  std::string_view name;
  int least;
  int most;
  std::span<const std::string_view> words;  // for the values from `least` on
};

constexpr std::string_view month_words[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view weekday_words[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

Error bad_field(const FieldRule& rule, std::string_view text) {
  return Error{ErrorCode::invalid_input,
               "the cron field " + std::string(rule.name) + " does not take \"" + std::string(cut(text, 60)) + "\"",
               "schedule", "minute hour day month weekday, e.g. \"30 3 * * *\""};
}

std::optional<int> value_of(const FieldRule& rule, std::string_view text) {
  for (std::size_t i = 0; i < rule.words.size(); ++i)
    if (iequals_ascii(text, rule.words[i])) return rule.least + static_cast<int>(i);
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  if (value < rule.least || value > rule.most) return std::nullopt;
  return value;
}

// Marks the values of one field: a list of "*", "a", "a-b", each with an optional "/step".
template <std::size_t size>
Result<void> mark(const FieldRule& rule, std::string_view text, std::bitset<size>& values) {
  for (const std::string_view part : split(text, ',')) {
    const auto slash = part.find('/');
    const std::string_view range = part.substr(0, slash);
    int step = 1;
    if (slash != std::string_view::npos) {
      const auto given = value_of({rule.name, 1, rule.most, {}}, part.substr(slash + 1));
      if (!given) return bad_field(rule, part);
      step = *given;
    }
    std::optional<int> first = rule.least;
    std::optional<int> last = rule.most;
    if (range != "*") {
      const auto dash = range.find('-');
      first = value_of(rule, range.substr(0, dash));
      last = dash != std::string_view::npos    ? value_of(rule, range.substr(dash + 1))
             : slash == std::string_view::npos ? first
                                               : last;
    }
    if (!first || !last || *first > *last) return bad_field(rule, part);
    for (int value = *first; value <= *last; value += step) values.set(static_cast<std::size_t>(value) % size);
  }
  return {};
}

}  // namespace

Result<void> check_timezone(std::string_view name) {
  if (const auto zone = zone_named(name); zone.has_error()) return zone.error();
  return {};
}

Result<Cron> Cron::parse(std::string_view text) {
  static constexpr FieldRule minute{"minute", 0, 59, {}}, hour{"hour", 0, 23, {}}, day{"day", 1, 31, {}},
      month{"month", 1, 12, month_words}, weekday{"weekday", 0, 7, weekday_words};
  std::vector<std::string_view> fields = split(text, ' ');
  std::erase(fields, std::string_view{});
  if (fields.size() != 5)
    return Error{ErrorCode::invalid_input, "a cron schedule has five fields", "schedule",
                 "minute hour day month weekday, e.g. \"30 3 * * *\""};
  Cron cron;
  for (const auto& marked :
       {mark(minute, fields[0], cron.minutes_), mark(hour, fields[1], cron.hours_), mark(day, fields[2], cron.days_),
        mark(month, fields[3], cron.months_), mark(weekday, fields[4], cron.weekdays_)})
    if (marked.has_error()) return marked.error();
  cron.every_hour_ = cron.hours_.all();
  cron.every_day_ = fields[2].front() == '*';
  cron.every_weekday_ = fields[4].front() == '*';
  if (cron.after(Instant{}, "UTC").has_error()) return bad_field(day, fields[2]);
  return cron;
}

Result<Instant> Cron::after(Instant instant, std::string_view timezone) const {
  const auto zone = zone_named(timezone);
  if (zone.has_error()) return zone.error();
  const auto start = date::floor<date::days>((*zone)->to_local(instant));
  for (int ahead = 0; ahead < longest_wait_days; ++ahead) {
    const auto day = start + date::days(ahead);
    const date::year_month_day ymd{day};
    if (!months_.test(static_cast<unsigned>(ymd.month()))) continue;
    const bool day_matches = days_.test(static_cast<unsigned>(ymd.day()));
    const bool weekday_matches = weekdays_.test(date::weekday(day).c_encoding());
    const bool either = !every_day_ && !every_weekday_;
    if (either ? !day_matches && !weekday_matches : !(day_matches && weekday_matches)) continue;

    std::optional<Instant> found;
    const auto offer = [&](date::sys_seconds candidate) {
      if (candidate > instant && (!found || candidate < *found)) found = candidate;
    };
    for (int minute = 0; minute < 24 * 60; ++minute) {
      if (!hours_.test(static_cast<std::size_t>(minute / 60)) || !minutes_.test(static_cast<std::size_t>(minute % 60)))
        continue;
      const auto local = day + std::chrono::seconds(minute * 60);
      const date::local_info info = (*zone)->get_info(local);
      if (info.result == date::local_info::nonexistent) {
        offer(info.first.end);
        continue;
      }
      offer(date::sys_seconds(local.time_since_epoch() - info.first.offset));
      if (info.result == date::local_info::ambiguous && every_hour_)
        offer(date::sys_seconds(local.time_since_epoch() - info.second.offset));
    }
    if (found) return *found;
  }
  return Error{ErrorCode::invalid_input, "the cron schedule never comes", "schedule", ""};
}

}  // namespace moisson::harvest
