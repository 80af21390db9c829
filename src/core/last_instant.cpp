#include "core/last_instant.h"

namespace moisson {

Instant last_instant(const Moment& moment) {
  using namespace std::chrono;
  const auto day = floor<days>(moment.instant);
  const year_month_day date{day};
  switch (moment.precision) {
    case Precision::year:
      return sys_days{(date.year() + years{1}) / January / 1} - milliseconds{1};
    case Precision::month:
      return sys_days{(date.year() / date.month() + months{1}) / 1} - milliseconds{1};
    case Precision::day:
      return day + days{1} - milliseconds{1};
    case Precision::second:
      break;
  }
  return moment.instant;
}

}  // namespace moisson
