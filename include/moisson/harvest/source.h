// HarvestSource: a portal that we read, as its operator described it. Value.
#pragma once

#include <moisson/core/result.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::harvest {

enum class SourceState { draft, submitted, declined, active, paused, retired };
std::string_view to_string(SourceState state);
std::optional<SourceState> source_state(std::string_view word);

// Whether everybody may know of the source: those that are or were harvested. The others concern those who look after them.
constexpr bool is_public(SourceState state) {
  return state == SourceState::active || state == SourceState::paused || state == SourceState::retired;
}

// Who registered it: the configuration file wins and is read-only elsewhere.
enum class SourceOrigin { configuration, operators };

struct HarvestSource {
  std::string id;  // ^[a-z0-9-]{2,60}$
  std::string title;
  std::string kind;  // ckan, dcat, …: a name of the harvester registry
  std::string url;
  std::string schedule = "daily";  // manual | hourly | daily | weekly | ISO 8601 duration | cron
  std::string timezone = "UTC";
  std::string language;         // BCP 47, of records that name none; empty: the catalog's
  std::string territory;        // of records that name no place; empty: none
  std::string window;           // when its runs may start, in its zone (src/harvest/hours.h); empty: at any time
  std::string blackout;         // when no run of its host may start
  std::chrono::hours grace{0};  // that records which vanished from the portal stay in the search
  std::map<std::string, std::string> options;  // of the kind; a list is joined by '\n'
  SourceState state = SourceState::active;
  SourceOrigin origin = SourceOrigin::configuration;
  std::string comment;            // of the person who accepted or declined it
  bool private_networks = false;  // allow_networks applies: sources of the configuration file only

  bool operator==(const HarvestSource&) const = default;
};

}  // namespace moisson::harvest
