#include "store/record_table.h"

#include "store/rows.h"
#include "store/title.h"

#include <moisson/core/uuid.h>

namespace moisson::store {
namespace {

RecordRow row_from(const sqlite::Query& query) {
  RecordRow row;
  row.row = query.number(0);
  row.id = query.string(1);
  row.seq = query.number(2);
  row.raw_hash = query.number(3);
  row.mapping_version = static_cast<int>(query.integer(4));
  row.removed = !query.is_null(5);
  row.content_hash = query.string(6);
  row.remote_url = query.string(7);
  row.job = query.integer(8);
  row.attempt = query.integer(9);
  row.quality = query.integer(10);
  return row;
}

}  // namespace

std::optional<RecordRow> RecordTable::find(std::string_view remote_id) {
  auto query = database_.query(
      "SELECT r.row, r.id, r.seq, r.raw_hash, r.mapping_version, r.removed_at, r.content_hash, r.remote_url, "
      "s.job, s.attempt, s.quality FROM record r LEFT JOIN sighting s ON s.row = r.row "
      "WHERE r.source = ? AND r.remote_id = ?",
      source_, remote_id);
  if (!query.next()) return std::nullopt;
  return row_from(query);
}

std::optional<RecordRow> RecordTable::find_id(std::string_view id) {
  auto query = database_.query(
      "SELECT r.row, r.id, r.seq, r.raw_hash, r.mapping_version, r.removed_at, r.content_hash, r.remote_url, "
      "s.job, s.attempt, s.quality FROM record r LEFT JOIN sighting s ON s.row = r.row WHERE r.source = ? AND r.id = ?",
      source_, id);
  if (!query.next()) return std::nullopt;
  return row_from(query);
}

std::vector<RecordRow> RecordTable::unseen_like(std::uint64_t fingerprint, std::int64_t job) {
  auto query = database_.query(
      "SELECT r.row, r.id, r.seq, r.raw_hash, r.mapping_version, r.removed_at, r.content_hash, r.remote_url, "
      "s.job, s.attempt, s.quality FROM record r LEFT JOIN sighting s ON s.row = r.row "
      "WHERE r.source = ? AND r.fingerprint = ? AND r.removed_at IS NULL AND ifnull(s.job, 0) <> ? LIMIT 2",
      source_, fingerprint, job);
  std::vector<RecordRow> rows;
  while (query.next()) rows.push_back(row_from(query));
  return rows;
}

bool RecordTable::is_taken(std::string_view id) {
  return database_.query("SELECT 1 FROM record WHERE id = ?", id).next();
}

// The id of source and remote id, unless a record that moved away still bears it.
std::string RecordTable::mint(std::string_view remote_id) {
  std::string name(remote_id);
  for (int turn = 2;; ++turn) {
    std::string id = record_uuid(source_id_, name);
    if (!is_taken(id)) return id;
    name = std::string(remote_id) + '\n' + std::to_string(turn);
  }
}

RecordRow RecordTable::create(const Draft& draft) {
  RecordRow row;
  row.id = draft.id.empty() || is_taken(draft.id) ? mint(draft.remote_id) : draft.id;
  row.seq = ledger_.next_seq();
  const std::string trail = trail_text(draft.trail);
  database_.run(
      "INSERT INTO record (source, seq, raw_hash, mapping_version, fingerprint, first_seen, last_changed, id, "
      "remote_id, content_hash, family_id, remote_url, json, trail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      source_, row.seq, draft.raw_hash, draft.mapping_version, draft.fingerprint, now_, now_, row.id, draft.remote_id,
      draft.content_hash, row.id, draft.remote_url, draft.json, trail);
  row.row = static_cast<std::uint64_t>(database_.last_row());
  put_raw(row.row, draft);
  families_.put(row.row, source_, draft.title_key, draft.identity);
  log(row.row, row.seq, 0, false);
  count(1);
  return row;
}

void RecordTable::replace(const RecordRow& row, const Draft& draft) {
  const std::uint64_t seq = ledger_.next_seq();
  const std::string trail = trail_text(draft.trail);
  database_.run(
      "UPDATE record SET seq = ?, raw_hash = ?, mapping_version = ?, fingerprint = ?, removed_at = NULL, "
      "last_changed = ?, remote_id = ?, content_hash = ?, remote_url = ?, json = ?, trail = ? WHERE row = ?",
      seq, draft.raw_hash, draft.mapping_version, draft.fingerprint, now_, draft.remote_id, draft.content_hash,
      draft.remote_url, draft.json, trail, row.row);
  put_raw(row.row, draft);
  families_.put(row.row, source_, draft.title_key, draft.identity);
  log(row.row, seq, row.seq, false);
  if (row.removed) count(1);
}

void RecordTable::replace_raw(const RecordRow& row, const Draft& draft) {
  const std::string trail = trail_text(draft.trail);
  database_.run("UPDATE record SET raw_hash = ?, mapping_version = ?, fingerprint = ?, trail = ? WHERE row = ?",
                draft.raw_hash, draft.mapping_version, draft.fingerprint, trail, row.row);
  put_raw(row.row, draft);
  families_.put(row.row, source_, draft.title_key, draft.identity);
}

harvest::Counts RecordTable::remap(const std::vector<Draft>& drafts) {
  harvest::Counts counts;
  for (const auto& draft : drafts) {
    const auto row = find(draft.remote_id);
    if (!row || row->removed) continue;
    const bool same = row->content_hash == draft.content_hash && row->remote_url == draft.remote_url;
    if (!same)
      replace(*row, draft);
    else if (row->raw_hash != draft.raw_hash || row->mapping_version != draft.mapping_version)
      replace_raw(*row, draft);
    ++(same ? counts.unchanged : counts.updated);
  }
  return counts;
}

std::string RecordTable::title(std::uint64_t row) {
  auto query = database_.query("SELECT json FROM record WHERE row = ?", row);
  return query.next() ? title_of(query.string(0)) : std::string();
}

void RecordTable::remove(std::uint64_t row, std::uint64_t former_seq) {
  const std::uint64_t seq = ledger_.next_seq();
  database_.run("UPDATE record SET seq = ?, removed_at = ?, last_changed = ?, json = '' WHERE row = ?", seq, now_, now_,
                row);
  database_.run("DELETE FROM raw WHERE row = ?", row);
  database_.run("DELETE FROM departure WHERE row = ?", row);
  database_.run("DELETE FROM rival WHERE row = ?", row);
  families_.drop(row);
  log(row, seq, former_seq, true);
  count(-1);
}

bool RecordTable::is_rival(std::uint64_t row, std::uint64_t raw_hash) {
  auto query = database_.query("SELECT 1 FROM rival WHERE row = ? AND raw_hash = ?", row, raw_hash);
  return query.next();
}

void RecordTable::add_rival(std::uint64_t row, std::uint64_t raw_hash) {
  constexpr std::int64_t most_rivals = 8;
  {
    auto query = database_.query("SELECT count(*) FROM rival WHERE row = ?", row);
    if (query.next() && query.integer(0) >= most_rivals) return;
  }
  database_.run("INSERT OR IGNORE INTO rival (row, raw_hash) VALUES (?, ?)", row, raw_hash);
}

Seen RecordTable::sighting(std::uint64_t row) {
  auto query = database_.query("SELECT job, attempt FROM sighting WHERE row = ?", row);
  if (!query.next()) return {};
  return {query.integer(0), query.integer(1)};
}

void RecordTable::sight(std::uint64_t row, std::int64_t job, std::int64_t attempt, std::optional<std::int64_t> quality,
                        std::optional<std::uint64_t> popularity) {
  database_.run(
      "INSERT INTO sighting (row, job, attempt, quality, at, popularity) VALUES (?1, ?2, ?3, ifnull(?4, 0), ?5, ?6) "
      "ON CONFLICT (row) DO UPDATE SET job = excluded.job, attempt = excluded.attempt, quality = ifnull(?4, quality), "
      "at = excluded.at, popularity = ifnull(excluded.popularity, popularity)",
      row, job, attempt, quality, now_, popularity);
  database_.run("DELETE FROM departure WHERE row = ?", row);
}

void RecordTable::put_raw(std::uint64_t row, const Draft& draft) {
  database_.run(
      "INSERT OR REPLACE INTO raw (row, media_type, page_url, pointer, size, bytes) VALUES (?, ?, ?, ?, ?, ?)", row,
      draft.raw.media_type, draft.raw.page_url, draft.raw.pointer, draft.raw_size, sqlite::Blob{draft.raw.bytes});
}

void RecordTable::log(std::uint64_t row, std::uint64_t seq, std::uint64_t former_seq, bool removed) {
  if (former_seq != 0) database_.run("DELETE FROM change_log WHERE seq = ?", former_seq);
  database_.run("INSERT INTO change_log (seq, row, removed, at) VALUES (?, ?, ?, ?)", seq, row, removed, now_);
}

void RecordTable::count(int more) {
  database_.run("UPDATE source SET records = records + ? WHERE key = ?", more, source_);
}

}  // namespace moisson::store
