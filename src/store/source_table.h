// The table of sources, with their secrets, which stand sealed (vault.h), and their leases. Inside a transaction; throws
// Failure.
#pragma once

#include "store/sqlite.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/harvest/source.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

class SourceTable {
 public:
  explicit SourceTable(sqlite::Database& database) : database_(database) {}

  // The key of a source that no job reads. not_found, as in all that return a Result; conflict: one holds its lease.
  Result<std::int64_t> free_key(std::string_view id);

  std::vector<SourceStatus> all();  // by title
  Result<SourceStatus> find(std::string_view id);
  std::vector<Appointment> appointments();  // of every source, by id

  void put(const harvest::HarvestSource& source, Instant now);  // registers it, or describes it anew
  Result<void> set_state(std::string_view id, harvest::SourceState state);
  Result<void> set_next_run(std::string_view id, std::optional<Instant> next_run);

  Result<void> put_secret(std::string_view id, std::string_view name, std::string_view sealed);  // empty: forgets it
  std::map<std::string, std::string> secrets(std::string_view id);                               // by name
  std::vector<std::string> secret_names(std::string_view id);

 private:
  void add_jobs(SourceStatus& status);
  std::optional<std::int64_t> key(std::string_view id);

  sqlite::Database& database_;
};

}  // namespace moisson::store
