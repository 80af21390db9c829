// One record, read again from its portal: by the kind's own way to a single record, else by reading from the page that
// it stood on until it is met.
#pragma once

#include "harvest/job.h"

#include <moisson/harvest/harvester.h>

namespace moisson::harvest {

// not_found: the portal no longer shows it, or leaves it out on purpose. Other errors are the portal's, or the
// record's.
Result<HarvestedRecord> read_again(const Worksite& worksite, const RemoteRecord& record);

}  // namespace moisson::harvest
