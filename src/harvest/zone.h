// The system's time zones (tzdata), read by Howard Hinnant's date library: its one door, with cron.cpp and hours.cpp.
#pragma once

#include <moisson/core/result.h>

#include <date/tz.h>

#include <string_view>

namespace moisson::harvest {

// Lives for the program. invalid_input: the system knows no zone of that name.
Result<const date::time_zone*> zone_named(std::string_view name);

}  // namespace moisson::harvest
