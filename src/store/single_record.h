// What a person does to one record by its id, whatever its source's jobs are doing. Inside a transaction; throws Failure.
#pragma once

#include "store/draft.h"
#include "store/ledger.h"
#include "store/sqlite.h"

#include <moisson/core/result.h>
#include <moisson/harvest/outcome.h>

#include <string_view>

namespace moisson::store {

// Writer::withdraw, release and put_again say what each does (writer.h).
Result<void> withdraw(sqlite::Database& database, Ledger& ledger, std::string_view record_id);
Result<void> release(sqlite::Database& database, std::string_view record_id);
Result<harvest::RecordOutcome> put_again(sqlite::Database& database, Ledger& ledger, std::string_view record_id,
                                         const Draft& draft);

}  // namespace moisson::store
