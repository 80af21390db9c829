// Preview: a dry run. It reads the portal as a job would and compares with what is stored; it writes nothing.
#pragma once

#include "harvest/deletion_plan.h"
#include "harvest/job.h"
#include "store/writer.h"

#include <moisson/harvest/job.h>

#include <cstdint>
#include <vector>

namespace moisson::harvest {

// What a run would do to `known`, the source's live records. `limit`: records to read; 0: all of them.
// A source error is in Preview::error. Memory: `known`, and about 100 bytes for each new record.
Preview preview(const Worksite& worksite, const std::vector<store::KnownRecord>& known, std::uint64_t limit);

}  // namespace moisson::harvest
