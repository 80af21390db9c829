// Remap: today's mapping and vocabularies over the stored raw records of a source, offline. Only what changed is
// written.
#pragma once

#include "harvest/job.h"
#include "store/writer.h"

#include <moisson/harvest/harvester.h>
#include <moisson/harvest/outcome.h>
#include <moisson/harvest/source.h>

#include <stop_token>

namespace moisson::harvest {

// Result: updated, unchanged, and failed (a raw record that today's mapping does not take keeps what it had). conflict:
// a job of the source runs. A stop ends it between two batches with what is done. `language`: the catalog's.
Result<Counts> remap(store::Writer& writer, const HarvestSource& source, const Harvester& harvester,
                     std::string_view language, const std::stop_token& stop);

// The same within a running job, for the records that another mapping made and the portal did not send again.
Result<Counts> remap_rest(store::Run& run, const Worksite& worksite, const std::stop_token& stop);

}  // namespace moisson::harvest
