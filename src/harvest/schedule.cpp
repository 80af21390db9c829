#include "harvest/schedule.h"

#include "core/hash.h"
#include "harvest/cron.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace moisson::harvest {
namespace {

using std::chrono::seconds;

constexpr seconds shortest = std::chrono::minutes(1);
constexpr seconds longest = std::chrono::hours(24 * 366);
constexpr std::chrono::hours longest_wait{7 * 24};  // of a source that keeps failing

Error unreadable(std::string_view schedule) {
  return Error{ErrorCode::invalid_input, "the schedule \"" + std::string(schedule) + "\" cannot be read", "schedule",
               "manual, hourly, daily, weekly, a duration like PT6H, or five cron fields"};
}

seconds unit_of(char designator, bool time) {
  if (time) return designator == 'H' ? seconds(3'600) : designator == 'M' ? seconds(60) : seconds(designator == 'S');
  return designator == 'W' ? seconds(604'800) : seconds(designator == 'D' ? 86'400 : 0);
}

// ISO 8601-1 §5.5.2, whole numbers of weeks to seconds: months and years have no fixed length.
Result<seconds> duration(std::string_view text) {
  const Error error = unreadable(text);
  seconds total{0};
  bool time = false;
  const char* at = text.data() + 1;
  const char* const end = text.data() + text.size();
  while (at != end) {
    if (*at == 'T' && !time) {
      time = true;
      if (++at == end) return error;
    }
    std::int64_t count = 0;
    const auto number = std::from_chars(at, end, count);
    if (number.ec != std::errc{} || number.ptr == end || count < 0 || count > 100'000'000) return error;
    const seconds unit = unit_of(*number.ptr, time);
    if (unit == seconds(0)) return error;
    total += count * unit;
    at = number.ptr + 1;
  }
  if (total < shortest || total > longest)
    return Error{ErrorCode::invalid_input, "the schedule's duration must be from 1 minute to 366 days", "schedule", ""};
  return total;
}

bool is_cron(std::string_view schedule) { return schedule.find(' ') != std::string_view::npos; }

// The period of a schedule that is not cron; zero for manual.
Result<seconds> period_of(std::string_view schedule) {
  if (schedule == "manual") return seconds(0);
  if (schedule == "hourly") return seconds(3'600);
  if (schedule == "daily") return seconds(86'400);
  if (schedule == "weekly") return seconds(604'800);
  if (schedule.size() > 2 && schedule.front() == 'P') return duration(schedule);
  return unreadable(schedule);
}

}  // namespace

Result<void> check_schedule(std::string_view schedule, std::string_view timezone) {
  if (const auto zone = check_timezone(timezone); zone.has_error()) return zone.error();
  if (is_cron(schedule)) {
    const auto cron = Cron::parse(schedule);
    if (cron.has_error()) return cron.error();
  } else if (const auto period = period_of(schedule); period.has_error()) {
    return period.error();
  }
  return {};
}

Result<std::optional<Instant>> next_run(std::string_view schedule, std::string_view timezone,
                                        std::string_view source_id, std::optional<Instant> last_start, Instant now) {
  if (is_cron(schedule)) {
    const auto cron = Cron::parse(schedule);
    if (cron.has_error()) return cron.error();
    // The first run of all does not wait for the slot either: people want to see what they registered.
    if (!last_start) return std::optional(now);
    auto slot = cron->after(*last_start, timezone);
    if (slot.has_error()) return slot.error();
    return std::optional(*slot);
  }
  const auto period = period_of(schedule);
  if (period.has_error()) return period.error();
  if (*period == seconds(0)) return std::optional<Instant>{};
  if (!last_start) return std::optional(now);
  const auto step = std::chrono::milliseconds(*period).count();
  const auto phase = static_cast<std::int64_t>(hash64(source_id) % static_cast<std::uint64_t>(period->count())) * 1'000;
  const auto since = last_start->time_since_epoch().count() - phase;
  const auto slots = since >= 0 ? since / step + 1 : -((-since - 1) / step);
  return std::optional(Instant(std::chrono::milliseconds(phase + slots * step)));
}

Result<std::optional<Instant>> next_try(std::string_view schedule, std::string_view timezone,
                                        std::string_view source_id, Instant started, Instant ended,
                                        std::uint64_t failures) {
  auto next = next_run(schedule, timezone, source_id, started, ended);
  if (next.has_error() || !*next || failures < 2) return next;
  std::chrono::hours wait{1};
  for (std::uint64_t n = 2; n < failures && wait < longest_wait; ++n) wait *= 2;
  const Instant earliest = ended + std::min(wait, longest_wait);
  if (**next >= earliest) return next;
  return next_run(schedule, timezone, source_id, earliest - std::chrono::milliseconds(1), ended);
}

}  // namespace moisson::harvest
