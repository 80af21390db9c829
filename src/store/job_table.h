// The tables of jobs: the job's row, its report, its waiting removals. Inside a transaction; throws Failure.
#pragma once

#include "store/sqlite.h"

#include <moisson/harvest/job.h>

#include <cstdint>
#include <string>
#include <vector>

namespace moisson::store {

class JobTable {
 public:
  explicit JobTable(sqlite::Database& database) : database_(database) {}

  void save(const harvest::HarvestJob& job);  // everything but source and start
  void drop_removals_of_source(std::int64_t source_key);

 private:
  sqlite::Database& database_;
};

// The report of one job, written row by row in its order.
class Report {
 public:
  Report(sqlite::Database& database, std::int64_t job) : database_(database), job_(job) {}
  void add(const harvest::JobRecord& record);

 private:
  sqlite::Database& database_;
  std::int64_t job_;
  std::int64_t last_ = -1;  // not read yet
};

struct UnseenRow {
  std::uint64_t row = 0;
  std::uint64_t seq = 0;
  std::string id;
  std::string remote_id;
};

// Live rows of a source that `job` has not seen, at most `limit`.
std::vector<UnseenRow> unseen_rows(sqlite::Database& database, std::int64_t source_key, std::int64_t job,
                                   std::size_t limit);

}  // namespace moisson::store
