#include "store/job_table.h"

#include "core/compress.h"
#include "store/record_table.h"
#include "store/rows.h"

#include <chrono>

namespace moisson::store {
namespace {

constexpr std::int64_t most_raws = 1'000;  // of one job

}  // namespace

Result<harvest::HarvestJob> JobTable::find(std::int64_t id) {
  static const std::string sql =
      "SELECT " + std::string(job_columns) + " FROM job j JOIN source o ON o.key = j.source WHERE j.id = ?";
  auto query = database_.query(sql, id);
  if (query.next()) return job_from(query);
  return Error{ErrorCode::not_found, "there is no job " + std::to_string(id), "", ""};
}

void JobTable::save(const harvest::HarvestJob& job) {
  const auto& counts = job.counts;
  const std::string remarks = findings_json(job.remarks);
  const Error error = job.error.value_or(Error{});
  const auto code = job.error ? std::optional(to_string(error.code)) : std::nullopt;
  database_.run(
      "UPDATE job SET outcome = ?, created = ?, updated = ?, unchanged = ?, moved = ?, skipped = ?, failed = ?, "
      "removed = ?, pages = ?, announced = ?, removals_waiting = ?, heartbeat = ?, ended = ?, error_code = ?, "
      "error_message = ?, error_where = ?, error_hint = ?, error_cause = ?, remarks = ? WHERE id = ?",
      harvest::to_string(job.outcome), counts.created, counts.updated, counts.unchanged, counts.moved, counts.skipped,
      counts.failed, counts.removed, job.pages, job.announced, job.removals_waiting, job.heartbeat, job.ended, code,
      error.message, error.where, error.hint, error.cause, remarks, job.id);
}

void JobTable::drop_removals_of_source(std::int64_t source_key) {
  database_.run("DELETE FROM removal WHERE job IN (SELECT id FROM job WHERE source = ? AND removals_waiting > 0)",
                source_key);
  database_.run("UPDATE job SET removals_waiting = 0 WHERE source = ? AND removals_waiting > 0", source_key);
}

std::int64_t Report::add(const harvest::JobRecord& record) {
  if (last_ < 0) {
    auto query = database_.query("SELECT ifnull(max(n), 0) FROM job_record WHERE job = ?", job_);
    last_ = query.next() ? query.integer(0) : 0;
  }
  database_.run(
      "INSERT INTO job_record (job, n, outcome, remote_id, record_id, title, cause, place, message, hint) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      job_, ++last_, harvest::to_string(record.outcome), record.remote_id, record.record_id, record.title, record.cause,
      record.place, record.message, record.hint);
  return last_;
}

void Report::keep_raw(std::int64_t number, const harvest::RawSource& raw) {
  if (raws_ < 0) {
    auto query = database_.query("SELECT count(*) FROM job_raw WHERE job = ?", job_);
    raws_ = query.next() ? query.integer(0) : 0;
  }
  if (raws_ >= most_raws || raw.bytes.empty()) return;
  ++raws_;
  const std::string bytes = zstd_compress(raw.bytes);
  database_.run(
      "INSERT OR REPLACE INTO job_raw (job, n, media_type, page_url, pointer, size, bytes) VALUES (?, ?, ?, ?, ?, ?, "
      "?)",
      job_, number, raw.media_type, raw.page_url, raw.pointer, raw.bytes.size(), sqlite::Blob{bytes});
}

std::vector<LiveRow> tombstone_rows(sqlite::Database& database, std::int64_t job, std::size_t limit) {
  auto query = database.query(
      "SELECT r.row, r.seq, r.id, r.remote_id FROM removal m JOIN record r ON r.row = m.row "
      "WHERE m.job = ? AND r.removed_at IS NULL LIMIT ?",
      job, limit);
  return live_rows(query);
}

std::vector<LiveRow> unseen_rows(sqlite::Database& database, std::int64_t source_key, std::int64_t job,
                                 std::size_t limit) {
  auto query = database.query(
      "SELECT r.row, r.seq, r.id, r.remote_id FROM record r LEFT JOIN sighting s ON s.row = r.row "
      "LEFT JOIN departure d ON d.row = r.row LEFT JOIN removal m ON m.job = ?2 AND m.row = r.row "
      "WHERE r.source = ?1 AND r.removed_at IS NULL AND ifnull(s.job, 0) <> ?2 AND d.leaves IS NULL AND m.row IS NULL "
      "LIMIT ?3",
      source_key, job, limit);
  return live_rows(query);
}

void let_go(sqlite::Database& database, Ledger& ledger, harvest::HarvestJob& job, const std::vector<LiveRow>& rows) {
  std::int64_t source = 0;
  std::chrono::hours grace{0};
  {
    auto query = database.query("SELECT key, grace_h FROM source WHERE id = ?", job.source_id);
    if (!query.next()) return;
    source = query.integer(0);
    grace = std::chrono::hours(query.integer(1));
  }
  RecordTable records(database, ledger, source, job.source_id);
  Departures departures(database);
  Report report(database, job.id);
  const Instant leaves = ledger.now() + grace;
  const bool at_once = grace == std::chrono::hours(0);
  const std::string until = at_once ? std::string() : "it stays in the search until " + format_rfc3339(leaves);
  for (const auto& row : rows) {
    std::string title = records.title(row.row);
    at_once ? records.remove(row.row, row.seq) : departures.put(row.row, job.id, leaves);
    report.add({harvest::RecordOutcome::removed, row.remote_id, row.id, std::move(title), at_once ? "" : "grace", "", until,
                at_once ? "" : "it stays for good if the portal lists it again, or if this removal is undone"});
  }
  job.counts.removed += rows.size();
  if (at_once || rows.empty()) return;
  job.removals_leaving += rows.size();
  if (!job.leaving) job.leaving = leaves;
}

}  // namespace moisson::store
