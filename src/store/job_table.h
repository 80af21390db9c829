// The tables of jobs: the job's row, its report, its waiting removals. Inside a transaction; throws Failure.
#pragma once

#include "store/departures.h"
#include "store/ledger.h"
#include "store/sqlite.h"

#include <moisson/core/result.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>

#include <cstdint>
#include <string>
#include <vector>

namespace moisson::store {

class JobTable {
 public:
  explicit JobTable(sqlite::Database& database) : database_(database) {}

  Result<harvest::HarvestJob> find(std::int64_t id);  // not_found
  void save(const harvest::HarvestJob& job);  // everything but source and start
  void drop_removals_of_source(std::int64_t source_key);

 private:
  sqlite::Database& database_;
};

// The report of one job, written row by row in its order.
class Report {
 public:
  Report(sqlite::Database& database, std::int64_t job) : database_(database), job_(job) {}
  std::int64_t add(const harvest::JobRecord& record);  // its number
  // What there was of the record of that row, as far as the job has room for more (1,000 rows).
  void keep_raw(std::int64_t number, const harvest::RawSource& raw);

 private:
  sqlite::Database& database_;
  std::int64_t job_;
  std::int64_t last_ = -1;  // not read yet
  std::int64_t raws_ = -1;
};

// Live rows of a source that `job` has not seen, nor was told to be removed, and that are not leaving, at most `limit`.
std::vector<LiveRow> unseen_rows(sqlite::Database& database, std::int64_t source_key, std::int64_t job,
                                 std::size_t limit);

// Live rows that `job` was told to be removed, at most `limit`.
std::vector<LiveRow> tombstone_rows(sqlite::Database& database, std::int64_t job, std::size_t limit);

// Lets records go that their portal no longer lists: at once, or after the grace period of their source, and tells so
// in the job's report and counts.
void let_go(sqlite::Database& database, Ledger& ledger, harvest::HarvestJob& job, const std::vector<LiveRow>& rows);

}  // namespace moisson::store
