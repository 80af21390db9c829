#include "store/run.h"

#include "store/intake.h"
#include "store/job_table.h"
#include "store/ledger.h"
#include "store/pending_moves.h"
#include "store/record_table.h"
#include "store/report.h"
#include "store/rows.h"

#include <algorithm>
#include <limits>

namespace moisson::store {
namespace {

constexpr std::size_t batch_size = 500;
constexpr std::size_t most_remarks = 100;

}  // namespace

template <class Work>
auto Run::write(const Work& work) {
  harvest::HarvestJob job = job_;
  auto written = ledger_->write([&](sqlite::Database& database) {
    auto result = work(database, job);
    if (result.has_value()) JobTable(database).save(job);
    return result;
  });
  if (written.has_value()) job_ = std::move(job);
  return written;
}

template <class Work>
Result<void> Run::write_batches(const Work& work) {
  for (;;) {
    const Result<bool> more = write(work);
    if (more.has_error()) return more.error();
    if (!*more) return {};
  }
}

Result<std::optional<Known>> Run::find(std::string_view remote_id) const {
  return ledger_->read([&](sqlite::Database& database) -> Result<std::optional<Known>> {
    auto query = database.query(
        "SELECT r.row, r.id, r.raw_hash, r.mapping_version, r.content_hash, s.job, s.attempt FROM record r "
        "LEFT JOIN sighting s ON s.row = r.row WHERE r.source = ? AND r.remote_id = ? AND r.removed_at IS NULL",
        source_, remote_id);
    if (!query.next()) return std::optional<Known>{};
    return std::optional(Known{query.number(0), query.string(1), query.number(2), static_cast<int>(query.integer(3)),
                               query.string(4), query.integer(5) == job_.id && query.integer(6) == attempt_});
  });
}

Result<bool> Run::waits(std::string_view remote_id) const {
  return ledger_->read([&](sqlite::Database& database) -> Result<bool> {
    return PendingMoves(database, job_.id).quality(remote_id).has_value();
  });
}

Result<void> Run::apply(const Batch& batch) {
  return write([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<void> {
    Intake intake(database, *ledger_, source_, job, attempt_);
    for (const auto& sighting : batch.sightings) intake.sight(sighting);
    for (const auto& draft : batch.drafts) intake.take(draft);
    for (std::size_t i = 0; i < batch.left_out.size(); ++i) {
      const auto raw = batch.raws.find(i);
      intake.leave_out(batch.left_out[i], raw == batch.raws.end() ? nullptr : &raw->second);
    }
    for (const auto row : batch.tombstones)
      database.run("INSERT OR IGNORE INTO removal (job, row) VALUES (?, ?)", job.id, row);
    job.pages += batch.pages;
    if (batch.announced != 0) job.announced = batch.announced;
    for (const auto& remark : batch.remarks)
      if (job.remarks.size() < most_remarks) job.remarks.push_back(remark);
    job.heartbeat = ledger_->now();
    return {};
  });
}

Result<void> Run::beat() {
  const Instant now = ledger_->now();
  auto beaten = ledger_->write([&](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE job SET heartbeat = ? WHERE id = ?", now, job_.id);
    return {};
  });
  if (beaten.has_value()) job_.heartbeat = now;
  return beaten;
}

Result<void> Run::sight_all() {
  return write([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<void> {
    job.counts.unchanged += database.run(
        "UPDATE sighting SET job = ?, attempt = ?, at = ? WHERE job <> ? AND row IN "
        "(SELECT row FROM record WHERE source = ? AND removed_at IS NULL) AND row NOT IN (SELECT row FROM departure) "
        "AND row NOT IN (SELECT row FROM removal WHERE job = ?)",
        job.id, attempt_, ledger_->now(), job.id, source_, job.id);
    return {};
  });
}

Result<std::vector<StoredRaw>> Run::mapped_otherwise(int version, std::uint64_t after, std::size_t limit) const {
  return ledger_->read([&](sqlite::Database& database) -> Result<std::vector<StoredRaw>> {
    static const std::string sql =
        "SELECT " + std::string(stored_raw_columns) +
        " FROM record r JOIN raw w ON w.row = r.row WHERE r.source = ?1 AND "
        "(r.mapping_version < ?2 OR r.mapping_version > ?2) AND +r.row > ?3 AND r.removed_at IS NULL "
        "ORDER BY r.row LIMIT ?4";
    auto query = database.query(sql, source_, version, after, limit);
    return stored_raws(query);
  });
}

Result<harvest::Counts> Run::remap(const std::vector<Draft>& drafts) {
  return ledger_->write([&](sqlite::Database& database) -> Result<harvest::Counts> {
    return RecordTable(database, *ledger_, source_, job_.source_id).remap(drafts);
  });
}

Result<void> Run::settle_moves(bool listing_complete) {
  std::int64_t after = 0;
  return write_batches([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<bool> {
    PendingMoves moves(database, job.id);
    const auto drafts = moves.next(after, batch_size);
    Intake intake(database, *ledger_, source_, job, attempt_);
    for (const auto& aside : drafts) intake.settle(aside, listing_complete);
    // Only when all are settled: whether a fingerprint is the only one is asked of all.
    if (drafts.empty()) moves.clear();
    return !drafts.empty();
  });
}

Result<AmbiguousKeys> Run::ambiguous_keys() const {
  return ledger_->read([&](sqlite::Database& database) -> Result<AmbiguousKeys> {
    auto query = database.query(
        "WITH shared (hash) AS MATERIALIZED "
        "(SELECT hash FROM identity WHERE source = ?1 GROUP BY hash HAVING count(*) > ?2 OR min(title) <> max(title)) "
        "SELECT (SELECT count(*) FROM shared), "
        "(SELECT value FROM identity WHERE hash = (SELECT min(hash) FROM shared) AND source = ?1 LIMIT 1)",
        source_, dcat::most_bearers_in_source);
    if (!query.next()) return AmbiguousKeys{};
    return AmbiguousKeys{query.number(0), query.string(1)};
  });
}

Result<Unseen> Run::unseen() const {
  return ledger_->read([&](sqlite::Database& database) -> Result<Unseen> {
    std::uint64_t tombstones = 0;
    {
      auto query = database.query(
          "SELECT count(*) FROM removal m JOIN record r ON r.row = m.row WHERE m.job = ? AND r.removed_at IS NULL",
          job_.id);
      if (query.next()) tombstones = query.number(0);
    }
    auto query = database.query(
        "SELECT count(*), count(*) FILTER (WHERE m.row IS NULL AND ifnull(s.job, 0) <> ?1), "
        "count(*) FILTER (WHERE m.row IS NULL AND ifnull(s.job, 0) <> ?1 AND d.row IS NOT NULL) FROM record r "
        "LEFT JOIN sighting s ON s.row = r.row LEFT JOIN departure d ON d.row = r.row "
        "LEFT JOIN removal m ON m.job = ?1 AND m.row = r.row "
        "WHERE r.source = ?2 AND r.removed_at IS NULL AND d.leaves IS NULL",
        job_.id, source_);
    if (!query.next()) return Unseen{};
    const std::uint64_t live = query.number(0);
    return Unseen{live - std::min(live, job_.counts.created), query.number(1), query.number(2), tombstones};
  });
}

Result<void> Run::remove_unseen() {
  return write_batches([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<bool> {
    const auto rows = unseen_rows(database, source_, job.id, batch_size);
    let_go(database, *ledger_, job, rows);
    return !rows.empty();
  });
}

Result<std::uint64_t> Run::remove_unseen_among(const std::unordered_set<std::string>& ids) {
  return write([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<std::uint64_t> {
    auto rows = unseen_rows(database, source_, job.id, std::numeric_limits<std::int64_t>::max());
    const std::uint64_t all = rows.size();
    std::erase_if(rows, [&](const LiveRow& row) { return !ids.contains(row.id); });
    let_go(database, *ledger_, job, rows);
    return all - rows.size();
  });
}

Result<void> Run::remove_tombstones() {
  return write_batches([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<bool> {
    const auto rows = tombstone_rows(database, job.id, batch_size);
    RecordTable records(database, *ledger_, source_, job.source_id);
    Report report(database, job.id);
    for (const auto& row : rows) {
      std::string title = records.title(row.row);
      records.remove(row.row, row.seq);
      database.run("DELETE FROM removal WHERE job = ? AND row = ?", job.id, row.row);
      report.add({harvest::RecordOutcome::removed, row.remote_id, row.id, std::move(title), "", "", "", ""});
    }
    job.counts.removed += rows.size();
    return !rows.empty();
  });
}

Result<void> Run::hold(bool unseen) {
  return write([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<void> {
    JobTable(database).drop_removals_of_source(source_);
    if (unseen) {
      database.run(
          "INSERT OR IGNORE INTO removal (job, row) SELECT ?, r.row FROM record r LEFT JOIN sighting s ON s.row = "
          "r.row "
          "LEFT JOIN departure d ON d.row = r.row "
          "WHERE r.source = ? AND r.removed_at IS NULL AND ifnull(s.job, 0) <> ? AND d.leaves IS NULL",
          job.id, source_, job.id);
    }
    auto query = database.query("SELECT count(*) FROM removal WHERE job = ?", job.id);
    if (query.next()) job.removals_waiting = query.number(0);
    return {};
  });
}

Result<void> Run::tell_mapping(const std::vector<dcat::PropertyTally>& tallies) {
  return ledger_->write([&](sqlite::Database& database) -> Result<void> {
    database.run("DELETE FROM mapping WHERE source = ?", source_);
    std::int64_t n = 0;
    for (const auto& tally : tallies)
      database.run(
          "INSERT INTO mapping (source, n, job, use, property, count, example, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          source_, ++n, job_.id, dcat::to_string(tally.use), tally.property, tally.count, tally.example, tally.record);
    return {};
  });
}

Result<void> Run::end(harvest::JobOutcome outcome, const std::optional<Error>& error,
                      const std::optional<harvest::Memory>& memory) {
  return write([&](sqlite::Database& database, harvest::HarvestJob& job) -> Result<void> {
    job.outcome = outcome;
    job.error = error;
    job.ended = ledger_->now();
    database.run("DELETE FROM lease WHERE job = ?", job.id);
    if (job.removals_waiting == 0) database.run("DELETE FROM removal WHERE job = ?", job.id);
    switch (outcome) {
      case harvest::JobOutcome::refused_by_source:
      case harvest::JobOutcome::unreachable:
      case harvest::JobOutcome::failed:
        database.run("UPDATE source SET failures = failures + 1 WHERE key = ?", source_);
        break;
      case harvest::JobOutcome::stopped:
        break;
      default:
        database.run("UPDATE source SET failures = 0 WHERE key = ?", source_);
    }
    if (memory) database.run("UPDATE source SET memory = ? WHERE key = ?", memory->json, source_);
    return {};
  });
}

}  // namespace moisson::store
