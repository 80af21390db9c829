// Dates as CKAN writes them, and as Solr's queries do: timestamps and date math ("NOW-7DAYS/DAY"). Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <string>
#include <string_view>

namespace moisson::api::ckan {

// Naive UTC with six digits of a second: "2024-05-01T12:34:56.789000".
std::string format_date(Instant instant);

// NOW or a timestamp (0 to 6 digits of a second, with or without Z; a bare date too), then any number (to 32) of +N, -N
// and / with YEAR, MONTH, DAY, DATE, HOUR, MINUTE, SECOND, MILLI, MILLISECOND or their plurals. `/` goes down to the
// unit's begin; months and years keep the day of the month, or take the month's last. invalid_input.
Result<Instant> parse_date_math(std::string_view text, Instant now);

}  // namespace moisson::api::ckan
