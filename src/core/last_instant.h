// The last millisecond of what a date names: "2024" as an end means all of 2024. Pure.
#pragma once

#include <moisson/core/time.h>

namespace moisson {

Instant last_instant(const Moment& moment);

}  // namespace moisson
