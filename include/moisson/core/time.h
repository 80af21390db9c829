// Instants, calendar moments of limited precision, and the clock that everybody is handed.
// Values; thread-safe. No time zone database here: schedules own theirs (src/harvest/schedule.h).
#pragma once

#include <moisson/core/result.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace moisson {

// Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX).
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// The hand that every component reads the time from, so that tests can turn it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;  // thread-safe
};

// The machine's clock. Thread-safe.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// "2024-05-01T12:34:56Z", with ".789" only when the milliseconds are not zero.
std::string format_rfc3339(Instant instant);

// "Wed, 01 May 2024 12:34:56 GMT" (RFC 9110 §5.6.7).
std::string format_http_date(Instant instant);
Result<Instant> parse_http_date(std::string_view text);

// What a publisher meant by a date: how much of `instant` was really said.
enum class Precision : std::uint8_t { year, month, day, second };

// A date or time as DCAT allows it (xsd:gYear, gYearMonth, date, dateTime), UTC.
struct Moment {
  Instant instant{};  // the first instant of the period named
  Precision precision = Precision::second;

  auto operator<=>(const Moment&) const = default;
};

// "2024", "2024-05", "2024-05-01" or "2024-05-01T12:34:56Z": the canonical text; parse_moment reads it back equal.
std::string format_moment(const Moment& moment);

// Reads ISO 8601 / XSD dates and the spellings met in portals: fractions of any length, with or without zone
// (none: UTC), "2024", "2024-05", "20240501", "01/05/2024" (day first), a space for the T, "Z", "+02:00", "+0200".
// Years 0001 to 9999. Anything else ("R/P1D", "2004/292269055-12-02") is invalid_input; `where` is empty.
Result<Moment> parse_moment(std::string_view text);

}  // namespace moisson
