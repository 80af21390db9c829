// Departures: live records that their portal no longer lists. They stay in the search until their source's grace period
// is over, or until a person decides; a run that sees one again forgets its departure. Inside a transaction; throws
// Failure.
#pragma once

#include "store/sqlite.h"

#include <moisson/core/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moisson::store {

// A live record and where it is.
struct LiveRow {
  std::uint64_t row = 0;
  std::uint64_t seq = 0;
  std::string id;
  std::string remote_id;
};

std::vector<LiveRow> live_rows(sqlite::Query& query);  // of row, seq, id, remote_id

class Departures {
 public:
  explicit Departures(sqlite::Database& database) : database_(database) {}

  void put(std::uint64_t row, std::int64_t job, Instant leaves);
  void forget(std::uint64_t row);
  // A person keeps what `job` let go: it stays until a run asks again. Result: how many.
  std::uint64_t keep(std::int64_t job);

  // Of sources that no job is reading, at most `limit`, of one source.
  struct Due {
    std::int64_t source = 0;
    std::string source_id;
    std::vector<LiveRow> rows;
  };
  Due due(Instant now, std::size_t limit);
  std::optional<Instant> next();

 private:
  sqlite::Database& database_;
};

}  // namespace moisson::store
