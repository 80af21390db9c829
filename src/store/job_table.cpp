#include "store/job_table.h"

#include "store/record_table.h"
#include "store/report.h"
#include "store/rows.h"
#include "store/title.h"

#include <chrono>

namespace moisson::store {
namespace {

std::string jobs_where(std::string_view condition) {
  return "SELECT " + std::string(job_columns) + " FROM job j JOIN source o ON o.key = j.source WHERE " +
         std::string(condition);
}

std::vector<harvest::HarvestJob> jobs_from(sqlite::Query& query) {
  std::vector<harvest::HarvestJob> jobs;
  while (query.next()) jobs.push_back(job_from(query));
  return jobs;
}

}  // namespace

Result<harvest::HarvestJob> JobTable::find(std::int64_t id) {
  static const std::string sql = jobs_where("j.id = ?");
  auto query = database_.query(sql, id);
  if (query.next()) return job_from(query);
  return Error{ErrorCode::not_found, "there is no job " + std::to_string(id), "", ""};
}

std::vector<harvest::HarvestJob> JobTable::newest(std::string_view source_id, std::size_t limit, std::int64_t before) {
  static const std::string of_source = jobs_where("o.id = ? AND (? = 0 OR j.id < ?) ORDER BY j.id DESC LIMIT ?");
  static const std::string of_all = jobs_where("(? = 0 OR j.id < ?) ORDER BY j.id DESC LIMIT ?");
  auto query = source_id.empty() ? database_.query(of_all, before, before, limit)
                                 : database_.query(of_source, source_id, before, before, limit);
  return jobs_from(query);
}

std::vector<harvest::HarvestJob> JobTable::running() {
  static const std::string sql = jobs_where("j.outcome = 'running' ORDER BY j.id");
  auto query = database_.query(sql);
  return jobs_from(query);
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

Store::JobRecordPage removals_after(sqlite::Database& database, std::int64_t job, std::uint64_t row,
                                    std::size_t limit) {
  auto query = database.query(
      "SELECT m.row, r.remote_id, r.id, r.json FROM removal m JOIN record r ON r.row = m.row "
      "WHERE m.job = ? AND m.row > ? AND r.removed_at IS NULL ORDER BY m.row LIMIT ?",
      job, row, limit + 1);
  Store::JobRecordPage page;
  page.next = read_page(query, limit, [&](std::uint64_t) {
    page.rows.push_back({harvest::RecordOutcome::removed, query.string(1), query.string(2), title_of(query.text(3))});
  });
  return page;
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
    report.add({harvest::RecordOutcome::removed, row.remote_id, row.id, std::move(title), at_once ? "" : "grace", "",
                until, at_once ? "" : "it stays for good if the portal lists it again, or if this removal is undone"});
  }
  job.counts.removed += rows.size();
  if (at_once || rows.empty()) return;
  job.removals_leaving += rows.size();
  if (!job.leaving) job.leaving = leaves;
}

}  // namespace moisson::store
