#include "store/pending_moves.h"

#include "store/rows.h"

namespace moisson::store {

std::optional<PendingMoves::Waiting> PendingMoves::quality(std::string_view remote_id) {
  auto query =
      database_.query("SELECT attempt, quality FROM pending_move WHERE job = ? AND remote_id = ?", job_, remote_id);
  if (!query.next()) return std::nullopt;
  return Waiting{query.integer(0), query.integer(1)};
}

void PendingMoves::put(const Draft& draft, std::int64_t attempt) {
  const std::string findings = findings_json(draft.findings), trail = trail_text(draft.trail);
  const std::string identity = identity_json(draft.identity);
  database_.run(
      "INSERT OR REPLACE INTO pending_move (job, remote_id, attempt, fingerprint, raw_hash, mapping_version, quality, "
      "popularity, remote_url, title, content_hash, findings, media_type, page_url, pointer, size, json, bytes, trail, "
      "title_key, identity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      job_, draft.remote_id, attempt, draft.fingerprint, draft.raw_hash, draft.mapping_version, draft.quality,
      draft.popularity, draft.remote_url, draft.title, draft.content_hash, findings, draft.raw.media_type,
      draft.raw.page_url, draft.raw.pointer, draft.raw_size, draft.json, sqlite::Blob{draft.raw.bytes}, trail,
      draft.title_key, identity);
}

std::vector<PendingMoves::Aside> PendingMoves::next(std::int64_t& after, std::size_t limit) {
  auto query = database_.query(
      "SELECT remote_id, fingerprint, raw_hash, mapping_version, quality, popularity, remote_url, title, content_hash, "
      "findings, media_type, page_url, pointer, size, json, bytes, rowid, trail, title_key, identity, attempt "
      "FROM pending_move WHERE job = ? AND rowid > ? "
      "ORDER BY rowid LIMIT ?",
      job_, after, limit);
  std::vector<Aside> waiting;
  while (query.next()) {
    Draft draft;
    draft.remote_id = query.string(0);
    draft.fingerprint = query.number(1);
    draft.raw_hash = query.number(2);
    draft.mapping_version = static_cast<int>(query.integer(3));
    draft.quality = query.integer(4);
    if (!query.is_null(5)) draft.popularity = query.number(5);
    draft.remote_url = query.string(6);
    draft.title = query.string(7);
    draft.content_hash = query.string(8);
    draft.findings = findings_from(query.text(9));
    draft.raw = {query.string(10), query.string(15), query.string(11), query.string(12)};
    draft.raw_size = query.number(13);
    draft.json = query.string(14);
    after = query.integer(16);
    draft.trail = trail_from(query.text(17));
    draft.title_key = query.number(18);
    draft.identity = identity_from(query.text(19));
    waiting.push_back({std::move(draft), query.integer(20)});
  }
  return waiting;
}

std::uint64_t PendingMoves::count(std::uint64_t fingerprint) {
  auto query =
      database_.query("SELECT count(*) FROM pending_move WHERE job = ? AND fingerprint = ?", job_, fingerprint);
  return query.next() ? query.number(0) : 0;
}

void PendingMoves::clear() { database_.run("DELETE FROM pending_move WHERE job = ?", job_); }

}  // namespace moisson::store
