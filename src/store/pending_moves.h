// Drafts that wait in the store for the end of the listing (run.h, settle_moves): those under a new remote id whose fingerprint
// belongs to a record that the job has not seen, and those that stood beside a better record of their id before. Of one job, inside
// a transaction; throws Failure.
#pragma once

#include "store/draft.h"
#include "store/sqlite.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace moisson::store {

class PendingMoves {
 public:
  PendingMoves(sqlite::Database& database, std::int64_t job) : database_(database), job_(job) {}

  struct Waiting {
    std::int64_t attempt = 0;
    std::int64_t quality = 0;
  };
  struct Aside {
    Draft draft;
    std::int64_t attempt = 0;  // that put it here
  };
  std::optional<Waiting> quality(std::string_view remote_id);
  void put(const Draft& draft, std::int64_t attempt);  // replaces one of the same remote id
  // In the order they came; `after` is the last place read, 0 for the start, and is moved on.
  std::vector<Aside> next(std::int64_t& after, std::size_t limit);
  std::uint64_t count(std::uint64_t fingerprint);
  void clear();

 private:
  sqlite::Database& database_;
  std::int64_t job_;
};

}  // namespace moisson::store
