// Preview: a dry run. It reads the portal as a job would and compares with what is stored; it writes nothing.
#pragma once

#include "harvest/deletion_plan.h"
#include "harvest/job.h"
#include "store/writer.h"

#include <moisson/harvest/job.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace moisson::harvest {

// The canonical JSON that the store has of a record, by its id; empty if it has none.
using StoredJson = std::function<std::string(const std::string& id)>;

// What a run would do to `known`, the source's live records. `limit`: records to read; 0: all of them. Stopped, it
// tells what it read. A source error is in Preview::error. Memory: `known`, and about 300 bytes for each record that
// changes.
Preview preview(const Worksite& worksite, const std::vector<store::KnownRecord>& known, const StoredJson& stored_json,
                std::uint64_t limit);

}  // namespace moisson::harvest
