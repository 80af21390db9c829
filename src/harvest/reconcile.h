// The sources of the configuration against those of the store. Which to write is decided purely; reconcile() writes it.
#pragma once

#include "store/store.h"

#include <moisson/core/time.h>
#include <moisson/harvest/source.h>

#include <optional>
#include <span>
#include <vector>

namespace moisson::harvest {

// The configuration file wins over what is stored, but a source that a person paused stays paused. A source that left
// the file is paused, its records kept; it belongs to the operators from then on, and so loses what only the file may
// allow. Result: the sources to write, in their new form; unchanged ones are left out.
std::vector<HarvestSource> plan_sources(std::span<const HarvestSource> configured,
                                        std::span<const HarvestSource> stored);

// Writes plan_sources() and each active source's next run, which changes only with its schedule. Errors of a schedule
// are the configuration's to find; here they leave the source without a next run.
Result<void> reconcile(store::Store& store, std::span<const HarvestSource> configured, Instant now);

}  // namespace moisson::harvest
