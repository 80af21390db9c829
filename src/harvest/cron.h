// Five-field cron expressions in a time zone (POSIX crontab, with names, steps and ranges). Values; pure. The time zone
// database is the system's (harvest/zone.h).
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <bitset>
#include <string_view>

namespace moisson::harvest {

// invalid_input if the system knows no zone of that name.
Result<void> check_timezone(std::string_view name);

class Cron {
 public:
  // "30 3 * * 1-5". invalid_input names the field; a day that no month has is an error too.
  static Result<Cron> parse(std::string_view text);

  // The first instant after `instant` that matches in the zone; schedule.h tells what DST does. invalid_input: the
  // zone.
  Result<Instant> after(Instant instant, std::string_view timezone) const;

 private:
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;     // 1 to 31
  std::bitset<13> months_;   // 1 to 12
  std::bitset<7> weekdays_;  // Sunday is 0
  bool every_hour_ = false;
  bool every_day_ = false;
  bool every_weekday_ = false;
};

}  // namespace moisson::harvest
