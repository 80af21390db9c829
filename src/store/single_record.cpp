#include "store/single_record.h"

#include "store/record_table.h"
#include "store/title.h"
#include "store/withdrawals.h"

#include <optional>
#include <string>

namespace moisson::store {
namespace {

Error no_record(std::string_view id) {
  return Error{ErrorCode::not_found, "there is no record " + std::string(id), "id", ""};
}

struct Found {
  Traces traces;
  std::uint64_t seq = 0;
  bool removed = false;
};

std::optional<Found> find(sqlite::Database& database, std::string_view id) {
  auto query = database.query(
      "SELECT r.source, r.row, r.id, r.remote_id, r.remote_url, r.fingerprint, r.json, o.id, r.seq, r.removed_at "
      "FROM record r JOIN source o ON o.key = r.source WHERE r.id = ?",
      id);
  if (!query.next()) return std::nullopt;
  Found found{{query.integer(0), query.string(7), query.number(1), query.string(2), query.string(3), query.string(4),
               "", query.number(5)},
              query.number(8),
              !query.is_null(9)};
  found.traces.title = title_of(query.text(6));
  return found;
}

bool is_withdrawn(sqlite::Database& database, std::string_view id) {
  return database.query("SELECT 1 FROM withdrawal WHERE record_id = ? AND NOT released", id).next();
}

}  // namespace

Result<void> withdraw(sqlite::Database& database, Ledger& ledger, std::string_view record_id) {
  if (is_withdrawn(database, record_id)) return {};
  const auto found = find(database, record_id);
  if (!found) return no_record(record_id);
  const auto& traces = found->traces;
  // What is deleted is overwritten in the file, too.
  database.script("PRAGMA secure_delete = ON");
  Withdrawals(database, traces.source).put(traces.id, traces.remote_id, traces.fingerprint, ledger.now());
  if (!found->removed) RecordTable(database, ledger, traces.source, traces.source_id).remove(traces.row, found->seq);
  erase_traces(database, traces);
  // A blob equals no text: no remote id that a portal may think of finds this row.
  database.run(
      "UPDATE record SET remote_id = CAST(id AS BLOB), remote_url = '', content_hash = '', trail = '', fingerprint = "
      "0, "
      "raw_hash = 0 WHERE row = ?",
      traces.row);
  database.script("PRAGMA secure_delete = OFF");
  return {};
}

Result<void> release(sqlite::Database& database, std::string_view record_id) {
  if (database.run("UPDATE withdrawal SET released = 1 WHERE record_id = ? AND NOT released", record_id) > 0) return {};
  auto query = database.query("SELECT 1 FROM record WHERE id = ?", record_id);
  if (!query.next()) return no_record(record_id);
  return Error{ErrorCode::conflict, "the record is not withdrawn", "id", ""};
}

Result<harvest::RecordOutcome> put_again(sqlite::Database& database, Ledger& ledger, std::string_view record_id,
                                         const Draft& draft) {
  const auto found = find(database, record_id);
  if (!found) return no_record(record_id);
  RecordTable records(database, ledger, found->traces.source, found->traces.source_id);
  const auto row = records.find(found->traces.remote_id);
  if (!row || row->removed || found->traces.remote_id != draft.remote_id)
    return Error{ErrorCode::cancelled, "the record " + std::string(record_id) + " was removed meanwhile", "id", ""};
  const bool same = row->content_hash == draft.content_hash && row->remote_url == draft.remote_url;
  if (same)
    records.replace_raw(*row, draft);
  else
    records.replace(*row, draft);
  // Seen by no job: whether a run has met it stays as it was.
  database.run("UPDATE sighting SET at = ?, popularity = ifnull(?, popularity) WHERE row = ?", ledger.now(),
               draft.popularity, row->row);
  return same ? harvest::RecordOutcome::unchanged : harvest::RecordOutcome::updated;
}

}  // namespace moisson::store
