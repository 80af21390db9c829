// The table of records and what hangs on it (raw, change log, sightings, the source's count), one row at a time. Inside
// a write transaction only; throws Failure. `Ledger::next_seq` numbers every change.
#pragma once

#include "store/draft.h"
#include "store/family_table.h"
#include "store/ledger.h"
#include "store/sqlite.h"

#include <moisson/harvest/outcome.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

struct RecordRow {
  std::uint64_t row = 0;
  std::string id;
  std::uint64_t seq = 0;
  std::uint64_t raw_hash = 0;
  int mapping_version = 0;
  bool removed = false;
  std::string content_hash;
  std::string remote_url;
  std::int64_t job = 0;  // that saw it last, with its attempt and the quality of what it took
  std::int64_t attempt = 0;
  std::int64_t quality = 0;
};

// Who saw a row last; zeros if nobody did.
struct Seen {
  std::int64_t job = 0;
  std::int64_t attempt = 0;
};

class RecordTable {
 public:
  RecordTable(sqlite::Database& database, Ledger& ledger, std::int64_t source_key, std::string_view source_id)
      : database_(database),
        ledger_(ledger),
        source_(source_key),
        source_id_(source_id),
        now_(ledger.now()),
        families_(database, ledger) {}

  std::optional<RecordRow> find(std::string_view remote_id);  // tombstones too
  std::optional<RecordRow> find_id(std::string_view id);

  // Live rows of this fingerprint that `job` has not seen, at most two.
  std::vector<RecordRow> unseen_like(std::uint64_t fingerprint, std::int64_t job);

  RecordRow create(const Draft& draft);
  // Replaces the content under a row, which takes the draft's remote id; a tombstone lives again.
  void replace(const RecordRow& row, const Draft& draft);
  // The content is the same: only what it came from is kept anew.
  void replace_raw(const RecordRow& row, const Draft& draft);
  // Puts drafts of live records in place of what stands under their remote ids. Result: updated and unchanged.
  harvest::Counts remap(const std::vector<Draft>& drafts);
  // By which a report names the record; empty if it has none.
  std::string title(std::uint64_t row);
  void remove(std::uint64_t row, std::uint64_t seq);

  // What the portal listed under the id of this row, and was not kept: at most 8 are remembered.
  bool is_rival(std::uint64_t row, std::uint64_t raw_hash);
  void add_rival(std::uint64_t row, std::uint64_t raw_hash);

  Seen sighting(std::uint64_t row);
  // Without quality or popularity: it stays what it was.
  void sight(std::uint64_t row, std::int64_t job, std::int64_t attempt, std::optional<std::int64_t> quality,
             std::optional<std::uint64_t> popularity);

 private:
  bool is_taken(std::string_view id);
  std::string mint(std::string_view remote_id);
  void put_raw(std::uint64_t row, const Draft& draft);
  void log(std::uint64_t row, std::uint64_t seq, std::uint64_t former_seq, bool removed);
  void count(int more);

  sqlite::Database& database_;
  Ledger& ledger_;
  std::int64_t source_;
  std::string_view source_id_;
  Instant now_;
  FamilyTable families_;
};

}  // namespace moisson::store
