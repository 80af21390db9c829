// Any bytes as a schedule, in Paris.
#include "harvest/schedule.h"

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  static constexpr std::string_view zone = "Europe/Paris";
  const Instant start = parse_moment("2024-02-28T23:59:30Z")->instant;
  const Instant now = parse_moment("2024-03-31T00:30:00Z")->instant;
  const bool good = harvest::check_schedule(bytes, zone).has_value();
  const auto next = harvest::next_run(bytes, zone, "portal", start, now);
  require(next.has_value() == good, "what is checked can be run, and nothing else");
  if (!next || !*next) return;
  require(**next > start, "the next run comes after the last one");
  const auto after = harvest::next_run(bytes, zone, "portal", **next, now);
  require(after && *after && **after > **next, "there is always another run");
  const auto first = harvest::next_run(bytes, zone, "portal", std::nullopt, now);
  require(first && *first && **first == now, "a source that never ran is due");
}

}  // namespace moisson::fuzz
