// Any bytes as moisson.toml.
#include "app/configuration.h"

#include "fuzz.h"
#include "harvest/cron.h"
#include "harvest/schedule.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  static const app::ConfigurationRules rules = [] {
    auto made = app::rules_for(harvest::all_harvesters());
    made.check_schedule = [](std::string_view schedule) { return harvest::check_schedule(schedule, "UTC"); };
    made.check_timezone = [](std::string_view zone) { return harvest::check_timezone(zone); };
    return made;
  }();
  const auto report = app::read_configuration(bytes, "moisson.toml", rules);
  for (const Error& error : report.errors) {
    require(error.where.starts_with("moisson.toml"), "an error names its place");
    require(!error.message.empty(), "an error says what is wrong");
  }
}

}  // namespace moisson::fuzz
