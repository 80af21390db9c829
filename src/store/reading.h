// Reading: the store as one commit left it, for those who read all of it: dumps. It holds a connection of its own in a
// read transaction; while it lives the write-ahead log cannot be recycled and grows with every write, so it must not be
// kept for a client that does not read. One thread at a time, not always the same. The store outlives it.
#pragma once

#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/harvest/harvested_record.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace moisson::store {

namespace sqlite {
class Database;
}

class Reading {
 public:
  explicit Reading(std::unique_ptr<sqlite::Database> connection);  // throws Failure; Store::reading() makes it
  ~Reading();
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::uint64_t seq() const { return seq_; }                // of the commit
  Instant last_sighting() const { return last_sighting_; }  // the latest; raw sources change with sightings alone too

  // Live records with row > after, by row.
  Result<std::vector<StoredRecord>> records_after(std::uint64_t after, std::size_t limit);
  // not_found: no live record of this id.
  Result<harvest::RawSource> raw(std::string_view id);

 private:
  std::unique_ptr<sqlite::Database> connection_;
  std::uint64_t seq_ = 0;
  Instant last_sighting_{};
};

}  // namespace moisson::store
