// Retention: how long the store keeps what nothing stands on any more. Inside a write transaction; throws Failure.
#pragma once

#include "store/sqlite.h"
#include "store/store.h"

#include <moisson/core/time.h>

namespace moisson::store {

// Writer::forget_old says what (writer.h); `options` how old.
void forget_old(sqlite::Database& database, const Options& options, Instant now);

}  // namespace moisson::store
