// The tables of jobs: the job's row, its waiting removals. Inside a transaction; throws Failure.
#pragma once

#include "store/departures.h"
#include "store/ledger.h"
#include "store/sqlite.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/harvest/job.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace moisson::store {

class JobTable {
 public:
  explicit JobTable(sqlite::Database& database) : database_(database) {}

  Result<harvest::HarvestJob> find(std::int64_t id);  // not_found
  // With id < before (0: from the newest), the newest first; of every source if `source_id` is empty.
  std::vector<harvest::HarvestJob> newest(std::string_view source_id, std::size_t limit, std::int64_t before);
  std::vector<harvest::HarvestJob> running();  // by id
  void save(const harvest::HarvestJob& job);   // everything but source and start
  void drop_removals_of_source(std::int64_t source_key);

 private:
  sqlite::Database& database_;
};

// Live rows of a source that `job` has not seen, nor was told to be removed, and that are not leaving, at most `limit`.
std::vector<LiveRow> unseen_rows(sqlite::Database& database, std::int64_t source_key, std::int64_t job,
                                 std::size_t limit);

// Live rows that `job` was told to be removed, at most `limit`.
std::vector<LiveRow> tombstone_rows(sqlite::Database& database, std::int64_t job, std::size_t limit);

// The live rows of a held job's plan after `row`, as rows of a report.
Store::JobRecordPage removals_after(sqlite::Database& database, std::int64_t job, std::uint64_t row, std::size_t limit);

// Lets records go that their portal no longer lists: at once, or after the grace period of their source, and tells so
// in the job's report and counts.
void let_go(sqlite::Database& database, Ledger& ledger, harvest::HarvestJob& job, const std::vector<LiveRow>& rows);

}  // namespace moisson::store
