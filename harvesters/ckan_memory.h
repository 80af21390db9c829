// CkanMemory: what a CKAN harvest remembers for the next one. Value; JSON both ways, pure.
#pragma once

#include <moisson/core/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::harvesters {

struct CkanMemory {
  std::string base;             // where the API was found; empty: not yet
  std::uint64_t rows = 1000;    // the page size that worked, 1 to 1000
  std::optional<Instant> run;   // start of the last complete run
  std::optional<Instant> full;  // start of the last complete run that read every record
  bool operator==(const CkanMemory&) const = default;
};

std::string to_json(const CkanMemory& memory);
CkanMemory ckan_memory(std::string_view json);  // unreadable parts are forgotten

}  // namespace moisson::harvesters
