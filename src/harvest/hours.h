// Hours: times of the week, as an operator writes them: "22:00-06:00", "mon-fri 08:00-18:00, sun". And when a run may
// start, from the hours of its source and of its host. Values; pure. Times are local to a zone; what a DST gap skips
// never comes, and what an overlap repeats comes twice, as clocks on the wall do.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <bitset>
#include <span>
#include <string>
#include <string_view>

namespace moisson::harvest {

class Hours {
 public:
  static constexpr std::size_t week = 7 * 24 * 60;  // minutes, from Monday 00:00

  // Entries parted by ',': days (mon, or mon-fri; none: every day) and a time (HH:MM-HH:MM; none: all day). A time that
  // ends before it begins goes on into the next day. invalid_input. Empty text: no hours.
  static Result<Hours> parse(std::string_view text);

  bool empty() const { return minutes_.none(); }
  bool covers(std::size_t minute_of_week) const { return minutes_[minute_of_week]; }

 private:
  std::bitset<week> minutes_;
};

// Hours in a zone: within which a run may start, or in which none may.
struct Opening {
  Hours hours;
  std::string timezone;
  bool closed = false;  // the hours are black-out times
};

// The first instant from `instant` on, at a full minute unless it is `instant` itself, that all openings allow.
// invalid_input: an unknown zone, or openings that leave no minute of two weeks.
Result<Instant> first_open(Instant instant, std::span<const Opening> openings);

}  // namespace moisson::harvest
