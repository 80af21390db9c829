#include "store/job_table.h"

#include "store/rows.h"

namespace moisson::store {

void JobTable::save(const harvest::HarvestJob& job) {
  const auto& counts = job.counts;
  const std::string remarks = findings_json(job.remarks);
  const Error error = job.error.value_or(Error{});
  const auto code = job.error ? std::optional(to_string(error.code)) : std::nullopt;
  database_.run(
      "UPDATE job SET outcome = ?, created = ?, updated = ?, unchanged = ?, moved = ?, skipped = ?, failed = ?, "
      "removed = ?, pages = ?, announced = ?, removals_waiting = ?, ended = ?, error_code = ?, error_message = ?, "
      "error_where = ?, error_hint = ?, error_cause = ?, remarks = ? WHERE id = ?",
      harvest::to_string(job.outcome), counts.created, counts.updated, counts.unchanged, counts.moved, counts.skipped,
      counts.failed, counts.removed, job.pages, job.announced, job.removals_waiting, job.ended, code, error.message,
      error.where, error.hint, error.cause, remarks, job.id);
}

void JobTable::drop_removals_of_source(std::int64_t source_key) {
  database_.run("DELETE FROM removal WHERE job IN (SELECT id FROM job WHERE source = ? AND removals_waiting > 0)",
                source_key);
  database_.run("UPDATE job SET removals_waiting = 0 WHERE source = ? AND removals_waiting > 0", source_key);
}

void Report::add(const harvest::JobRecord& record) {
  if (last_ < 0) {
    auto query = database_.query("SELECT ifnull(max(n), 0) FROM job_record WHERE job = ?", job_);
    last_ = query.next() ? query.integer(0) : 0;
  }
  database_.run(
      "INSERT INTO job_record (job, n, outcome, remote_id, record_id, title, cause, place, message, hint) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      job_, ++last_, harvest::to_string(record.outcome), record.remote_id, record.record_id, record.title, record.cause,
      record.place, record.message, record.hint);
}

std::vector<UnseenRow> unseen_rows(sqlite::Database& database, std::int64_t source_key, std::int64_t job,
                                   std::size_t limit) {
  auto query = database.query(
      "SELECT r.row, r.seq, r.id, r.remote_id FROM record r LEFT JOIN sighting s ON s.row = r.row "
      "WHERE r.source = ? AND r.removed_at IS NULL AND ifnull(s.job, 0) <> ? LIMIT ?",
      source_key, job, limit);
  std::vector<UnseenRow> rows;
  while (query.next()) rows.push_back({query.number(0), query.number(1), query.string(2), query.string(3)});
  return rows;
}

}  // namespace moisson::store
