// Any bytes as a date of a record, and as a date of HTTP.
#include <moisson/core/time.h>

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  if (const auto moment = parse_moment(bytes)) {
    const auto again = parse_moment(format_moment(*moment));
    require(again && *again == *moment, "a moment that is written reads back equal");
  }
  if (const auto date = parse_http_date(bytes)) {
    const auto again = parse_http_date(format_http_date(*date));
    require(again && *again == *date, "a date of HTTP that is written reads back equal");
  }
}

}  // namespace moisson::fuzz
