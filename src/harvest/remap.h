// Remap: today's mapping over the stored raw records of a source, offline. Only what changed is written.
#pragma once

#include "store/writer.h"

#include <moisson/harvest/harvester.h>
#include <moisson/harvest/outcome.h>
#include <moisson/harvest/source.h>

#include <stop_token>

namespace moisson::harvest {

// Result: updated, unchanged, and failed (a raw record that today's mapping does not take keeps what it had). conflict:
// a job of the source runs. A stop ends it between two batches with what is done.
Result<Counts> remap(store::Writer& writer, const HarvestSource& source, const Harvester& harvester,
                     const std::stop_token& stop);

}  // namespace moisson::harvest
