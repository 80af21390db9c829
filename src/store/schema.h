// The schema's history: numbered migrations (migrations/NNNN.sql), each applied once, in its own transaction.
#pragma once

#include "store/sqlite.h"

namespace moisson::store {

// Brings the file up to this program's schema (PRAGMA user_version). Throws Failure: unsupported for a file that a
// later program wrote, else what SQLite says.
void migrate(sqlite::Database& database);

}  // namespace moisson::store
