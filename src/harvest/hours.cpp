#include "harvest/hours.h"

#include "core/text.h"
#include "harvest/zone.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace moisson::harvest {
namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::size_t day = 24 * 60;  // minutes
constexpr minutes horizon{2 * 7 * 24 * 60};

Error unreadable(std::string_view entry) {
  return Error{ErrorCode::invalid_input, "\"" + std::string(entry) + "\" is no time of the week", "",
               "write 22:00-06:00, mon-fri 08:00-18:00, or sat-sun"};
}

std::optional<std::size_t> day_of(std::string_view name) {
  const auto found = std::find(days.begin(), days.end(), lower_ascii(name));
  if (found == days.end()) return std::nullopt;
  return static_cast<std::size_t>(found - days.begin());
}

// "06:30"; 24:00 ends a day.
std::optional<std::size_t> minute_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() - colon != 3 || colon == 0) return std::nullopt;
  std::size_t hour = 0, minute = 0;
  const auto h = std::from_chars(text.data(), text.data() + colon, hour);
  const auto m = std::from_chars(text.data() + colon + 1, text.data() + text.size(), minute);
  if (h.ec != std::errc{} || h.ptr != text.data() + colon || m.ec != std::errc{} || m.ptr != text.data() + text.size())
    return std::nullopt;
  if (minute > 59 || hour * 60 + minute > day) return std::nullopt;
  return hour * 60 + minute;
}

struct Entry {
  std::size_t first_day = 0, last_day = 6;
  std::size_t begin = 0, end = day;  // minutes; end <= begin: into the next day
};

std::optional<Entry> entry_of(std::string_view text) {
  Entry entry;
  const auto space = text.find(' ');
  std::string_view time = text;
  const std::string_view first = text.substr(0, space);
  if (first.find(':') == std::string_view::npos) {
    const auto dash = first.find('-');
    const auto from = day_of(first.substr(0, dash));
    const auto to = dash == std::string_view::npos ? from : day_of(first.substr(dash + 1));
    if (!from || !to) return std::nullopt;
    entry.first_day = *from;
    entry.last_day = *to;
    if (space == std::string_view::npos) return entry;
    time = trim(text.substr(space + 1));
  }
  const auto dash = time.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto begin = minute_of(time.substr(0, dash)), end = minute_of(time.substr(dash + 1));
  if (!begin || !end || *begin == day || *begin == *end) return std::nullopt;
  entry.begin = *begin;
  entry.end = *end;
  return entry;
}

bool allows(const Opening& opening, std::size_t minute) { return opening.hours.covers(minute) != opening.closed; }

// The first instant from `instant` on that one opening allows.
std::optional<Instant> next_allowed(Instant instant, const Opening& opening, const date::time_zone& zone,
                                    Instant last) {
  while (instant <= last) {
    // Within one offset local minutes run on evenly.
    const date::sys_info info = zone.get_info(std::chrono::floor<std::chrono::seconds>(instant));
    const auto local = std::chrono::floor<minutes>(instant + info.offset);
    const auto since_monday = (local.time_since_epoch() + minutes(3 * static_cast<int>(day))) % minutes(Hours::week);
    auto minute = static_cast<std::size_t>(since_monday.count());
    for (std::size_t step = 0; step <= Hours::week && instant <= last; ++step, minute = (minute + 1) % Hours::week) {
      if (allows(opening, minute)) return instant;
      instant = std::chrono::floor<minutes>(instant) + minutes(1);
      if (instant >= info.end) break;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Hours> Hours::parse(std::string_view text) {
  Hours hours;
  if (trim(text).empty()) return hours;
  for (const auto part : split(text, ',')) {
    const auto entry = entry_of(trim(part));
    if (!entry) return unreadable(trim(part));
    const std::size_t length = entry->end > entry->begin ? entry->end - entry->begin : entry->end + day - entry->begin;
    for (std::size_t weekday = entry->first_day;; weekday = (weekday + 1) % 7) {
      for (std::size_t i = 0; i < length; ++i) hours.minutes_.set((weekday * day + entry->begin + i) % week);
      if (weekday == entry->last_day) break;
    }
  }
  return hours;
}

Result<Instant> first_open(Instant instant, std::span<const Opening> openings) {
  const Instant last = instant + horizon;
  for (bool moved = true; moved;) {
    moved = false;
    for (const Opening& opening : openings) {
      if (opening.hours.empty()) continue;
      const auto zone = zone_named(opening.timezone);
      if (zone.has_error()) return zone.error();
      const auto allowed = next_allowed(instant, opening, **zone, last);
      if (!allowed)
        return Error{ErrorCode::invalid_input, "window and black-out times leave no minute to start in", "window", ""};
      moved = moved || *allowed != instant;
      instant = *allowed;
    }
  }
  return instant;
}

}  // namespace moisson::harvest
