// Report: what a job tells of each record, row by row in its order. Inside a transaction; throws Failure.
#pragma once

#include "store/sqlite.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>

#include <cstdint>
#include <optional>

namespace moisson::store {

class Report {
 public:
  Report(sqlite::Database& database, std::int64_t job) : database_(database), job_(job) {}

  std::int64_t add(const harvest::JobRecord& record);  // its number
  // What there was of the record of that row, as far as the job has room for more (1,000 rows).
  void keep_raw(std::int64_t number, const harvest::RawSource& raw);

  // As Store::job_records and Store::job_record say (store.h).
  Store::JobRecordPage after(std::uint64_t number, std::optional<harvest::RecordOutcome> outcome, std::size_t limit);
  Result<Store::JobRecordEntry> find(std::uint64_t number);

 private:
  sqlite::Database& database_;
  std::int64_t job_;
  std::int64_t last_ = -1;  // not read yet
  std::int64_t raws_ = -1;
};

}  // namespace moisson::store
