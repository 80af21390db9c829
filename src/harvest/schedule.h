// When a source is read: its schedule's next slot. Slots lie on a fixed grid, so that a late or slow run shifts
// nothing, and the sources of one rhythm are spread over it by their ids. Pure; thread-safe.
//
// hourly, daily, weekly and ISO 8601 durations ("PT6H", "P1DT12H", "P2W"; weeks to seconds, 1 minute to 366 days) count
// from 1970 in UTC. Five-field cron (minute hour day month weekday: *, lists, ranges, steps, names; both day fields
// given: either) is in the source's time zone: a time that a DST gap skips runs at the gap's end, one that an overlap
// repeats runs once, unless its hour is "*".
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace moisson::harvest {

// Whether next_run would take them: invalid_input for a schedule that cannot be read or never comes, or an unknown
// zone.
Result<void> check_schedule(std::string_view schedule, std::string_view timezone);

// The slot to run at, after a start at `last_start`; in the past if it was missed: missed slots are caught up by one
// run. A source that never ran is due at `now`. Nothing: manual. Errors as check_schedule.
Result<std::optional<Instant>> next_run(std::string_view schedule, std::string_view timezone,
                                        std::string_view source_id, std::optional<Instant> last_start, Instant now);

// After `failures` failed runs in a row, the last of which began at `started` and ended at `ended`: the first slot at
// which the wait is over. The wait is nothing after one failure, then an hour, doubled each time, a week at most.
Result<std::optional<Instant>> next_try(std::string_view schedule, std::string_view timezone,
                                        std::string_view source_id, Instant started, Instant ended,
                                        std::uint64_t failures);

}  // namespace moisson::harvest
