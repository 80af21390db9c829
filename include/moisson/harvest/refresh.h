// Refresh: one record's reading again from its portal, as it stands. Value.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/harvest/outcome.h>

#include <optional>

namespace moisson::harvest {

struct Refresh {
  Instant began{};
  std::optional<Instant> ended;          // nothing: the portal is being asked
  std::optional<RecordOutcome> outcome;  // updated or unchanged; nothing: it failed
  std::optional<Error> error;            // why
};

}  // namespace moisson::harvest
