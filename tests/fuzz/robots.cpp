// Any bytes as a robots.txt, asked for any address.
#include "net/robots.h"

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto [target, file] = first_line_and_rest(bytes);
  const net::Robots robots = net::parse_robots(file);
  for (const auto* group : {&robots.ours, &robots.everybody}) {
    require(group->rules.size() <= 5'000, "rules are capped");
    require(!group->delay || (group->delay->count() >= 0 && group->delay->count() <= 60'000), "a delay is bearable");
  }
  require(robots.delay().count() >= 0, "nobody waits backwards");
  static_cast<void>(net::verdict(robots, target));
  require(net::verdict(robots, "/robots.txt") == net::RobotsVerdict::allowed, "the file itself may be asked for");
}

}  // namespace moisson::fuzz
