// Withdrawals: the records of one source that a person took out, for personal data cannot wait for a run or a grace
// period. Nothing that they said is kept; a harvest knows them again by hashes alone. Inside a transaction; throws
// Failure.
#pragma once

#include "store/sqlite.h"

#include <moisson/core/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::store {

class Withdrawals {
 public:
  Withdrawals(sqlite::Database& database, std::int64_t source_key) : database_(database), source_(source_key) {}

  struct Entry {
    std::string record_id;
    bool released = false;
  };
  std::optional<Entry> find(std::string_view remote_id);
  // The id of a record that is not to come back under another remote id either; empty: there is none of this
  // fingerprint.
  std::string like(std::uint64_t fingerprint);

  void put(std::string_view record_id, std::string_view remote_id, std::uint64_t fingerprint, Instant now);
  void forget(std::string_view record_id);

 private:
  bool any();  // asked once: most sources have none
  std::string hash(std::string_view remote_id);

  sqlite::Database& database_;
  std::int64_t source_;
  std::optional<bool> any_;
};

// What a record was called, wherever it may have been written down.
struct Traces {
  std::int64_t source = 0;
  std::string source_id;
  std::uint64_t row = 0;
  std::string id;
  std::string remote_id;
  std::string remote_url;
  std::string title;
  std::uint64_t fingerprint = 0;
};

// Wipes what reports, remarks and waiting moves say of a record; of a row of a report its outcome and the record's id
// stay.
void erase_traces(sqlite::Database& database, const Traces& traces);

// Whether `text` names it as a whole word: "id 12" names 12, "id 123" does not. Pure.
bool names(std::string_view text, std::string_view name);

}  // namespace moisson::store
