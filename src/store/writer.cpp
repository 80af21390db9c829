#include "store/writer.h"

#include "store/job_table.h"
#include "store/ledger.h"
#include "store/plan_table.h"
#include "store/record_table.h"
#include "store/retention.h"
#include "store/rows.h"
#include "store/single_record.h"
#include "store/source_table.h"
#include "store/vault.h"

#include <algorithm>
#include <string>

namespace moisson::store {
namespace {

constexpr std::size_t batch_size = 500;

// Removes what `pick` gives of one source (Departures::Due), batch by batch, until it gives nothing. Result: how many.
template <class Pick>
Result<std::uint64_t> remove_batches(Ledger& ledger, const Pick& pick) {
  for (std::uint64_t removed = 0;;) {
    const auto batch = ledger.write([&](sqlite::Database& database) -> Result<std::size_t> {
      const Departures::Due due = pick(database);
      RecordTable records(database, ledger, due.source, due.source_id);
      for (const auto& row : due.rows) records.remove(row.row, row.seq);
      return due.rows.size();
    });
    if (batch.has_error()) return batch.error();
    if (*batch == 0) return removed;
    removed += *batch;
  }
}

// A held job whose removals wait, and whose source is free.
Result<harvest::HarvestJob> waiting_job(sqlite::Database& database, std::int64_t id) {
  auto job = JobTable(database).find(id);
  if (!job.has_value()) return job;
  if (job->removals_waiting == 0)
    return Error{ErrorCode::conflict, "no removals of this job wait for a decision", "", ""};
  if (const auto source = SourceTable(database).free_key(job->source_id); source.has_error()) return source.error();
  return job;
}

// Of a source, whatever is decided of them, at most a batch.
std::vector<LiveRow> all_rows(sqlite::Database& database, std::int64_t source_key) {
  auto query =
      database.query("SELECT row, seq, id, remote_id FROM record WHERE source = ? AND removed_at IS NULL LIMIT ?",
                     source_key, batch_size);
  return live_rows(query);
}

std::string purpose(std::string_view source_id, std::string_view name) {
  return std::string(source_id) + '/' + std::string(name);
}

std::optional<std::uint64_t> live_row(sqlite::Database& database, std::string_view id) {
  auto query = database.query("SELECT row FROM record WHERE id = ? AND removed_at IS NULL", id);
  if (!query.next()) return std::nullopt;
  return query.number(0);
}

void decide(sqlite::Database& database, harvest::HarvestJob& job) {
  const auto& counts = job.counts;
  const bool changed = counts.created + counts.updated + counts.moved + counts.removed > 0;
  job.outcome = counts.failed > 0 ? harvest::JobOutcome::partial
                : changed         ? harvest::JobOutcome::succeeded
                                  : harvest::JobOutcome::nothing_changed;
  job.removals_waiting = 0;
  job.error.reset();
  database.run("DELETE FROM removal WHERE job = ?", job.id);
  JobTable(database).save(job);
}

}  // namespace

Result<void> Writer::put_source(const harvest::HarvestSource& source) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    SourceTable(database).put(source, ledger_.now());
    return {};
  });
}

Result<void> Writer::set_state(std::string_view source_id, harvest::SourceState state) {
  return ledger_.write([&](sqlite::Database& database) { return SourceTable(database).set_state(source_id, state); });
}

Result<void> Writer::set_next_run(std::string_view source_id, std::optional<Instant> next_run) {
  return ledger_.write(
      [&](sqlite::Database& database) { return SourceTable(database).set_next_run(source_id, next_run); });
}

Result<void> Writer::put_secret(std::string_view source_id, std::string_view name, std::string_view value) {
  Result<std::string> sealed = std::string();
  if (!value.empty()) sealed = vault_.seal(value, purpose(source_id, name));
  if (sealed.has_error()) return sealed.error();
  return ledger_.write(
      [&](sqlite::Database& database) { return SourceTable(database).put_secret(source_id, name, *sealed); });
}

Result<std::map<std::string, std::string>> Writer::secrets(std::string_view source_id) const {
  const auto sealed = ledger_.read([&](sqlite::Database& database) -> Result<std::map<std::string, std::string>> {
    return SourceTable(database).secrets(source_id);
  });
  if (sealed.has_error()) return sealed.error();
  std::map<std::string, std::string> opened;
  for (const auto& [name, bytes] : *sealed) {
    auto secret = vault_.open(bytes, purpose(source_id, name));
    if (secret.has_error()) return secret.error();
    opened.emplace(name, std::move(*secret));
  }
  return opened;
}

Result<std::uint64_t> Writer::retire_source(std::string_view source_id, bool purge) {
  auto retired = ledger_.write([&](sqlite::Database& database) -> Result<std::int64_t> {
    const auto key = SourceTable(database).free_key(source_id);
    if (key.has_error()) return key.error();
    database.run("UPDATE source SET state = 'retired', next_run = NULL WHERE key = ?", *key);
    return *key;
  });
  if (retired.has_error()) return retired.error();
  if (!purge) return 0;
  return remove_batches(ledger_, [&](sqlite::Database& database) {
    return Departures::Due{*retired, std::string(source_id), all_rows(database, *retired)};
  });
}

Result<Run> Writer::begin(std::string_view source_id, bool full, std::string_view plan) {
  return ledger_.write([&](sqlite::Database& database) -> Result<Run> {
    const auto key = SourceTable(database).free_key(source_id);
    if (key.has_error()) return key.error();
    database.run("INSERT INTO job (source, outcome, whole, plan, started) VALUES (?, 'running', ?, ?, ?)", *key, full,
                 plan, ledger_.now());
    const std::int64_t id = database.last_row();
    database.run("INSERT INTO lease (source, job) VALUES (?, ?)", *key, id);
    auto query = database.query("SELECT memory FROM source WHERE key = ?", *key);
    harvest::Memory memory;
    if (query.next()) memory.json = query.string(0);
    return Run(ledger_, *key, *JobTable(database).find(id), 1, std::move(memory));
  });
}

Result<Run> Writer::resume(std::int64_t id, bool full) {
  return ledger_.write([&](sqlite::Database& database) -> Result<Run> {
    auto job = JobTable(database).find(id);
    if (job.has_error()) return job.error();
    if (job->outcome != harvest::JobOutcome::running) return Error{ErrorCode::conflict, "the job has ended", "", ""};
    // What it left out is told again by the new attempt, and its pages are read again.
    database.run("DELETE FROM job_record WHERE job = ? AND outcome IN ('failed', 'skipped')", id);
    database.run("DELETE FROM job_raw WHERE job = ?", id);
    database.run("DELETE FROM removal WHERE job = ?", id);
    job->counts.failed = job->counts.skipped = 0;
    job->pages = 0;
    job->remarks.clear();
    job->full = job->full || full;
    JobTable(database).save(*job);
    database.run("UPDATE job SET attempt = attempt + 1 WHERE id = ?", id);
    auto query = database.query(
        "SELECT o.key, j.attempt, o.memory FROM job j JOIN source o ON o.key = j.source WHERE j.id = ?", id);
    query.next();
    const std::int64_t key = query.integer(0);
    database.run("INSERT OR REPLACE INTO lease (source, job) VALUES (?, ?)", key, id);
    return Run(ledger_, key, std::move(*job), query.integer(1), harvest::Memory{query.string(2)});
  });
}

Result<std::vector<harvest::HarvestJob>> Writer::running() const {
  return ledger_.read([](sqlite::Database& database) -> Result<std::vector<harvest::HarvestJob>> {
    return JobTable(database).running();
  });
}

Result<harvest::HarvestJob> Writer::approve(std::int64_t id) {
  struct Step {
    harvest::HarvestJob job;
    bool more = false;
  };
  for (;;) {
    auto step = ledger_.write([&](sqlite::Database& database) -> Result<Step> {
      auto job = waiting_job(database, id);
      if (job.has_error()) return job.error();
      std::vector<LiveRow> rows;
      {
        // A record that a later job saw, or that was removed since, is no longer unseen.
        database.run(
            "DELETE FROM removal WHERE job = ?1 AND row IN (SELECT m.row FROM removal m JOIN record r ON r.row = m.row "
            "LEFT JOIN sighting s ON s.row = m.row WHERE m.job = ?1 AND (ifnull(s.job, 0) >= ?1 OR r.removed_at IS NOT "
            "NULL))",
            id);
        auto query = database.query(
            "SELECT r.row, r.seq, r.id, r.remote_id FROM removal m JOIN record r ON r.row = m.row WHERE m.job = ? "
            "LIMIT ?",
            id, batch_size);
        rows = live_rows(query);
      }
      if (rows.empty()) {
        decide(database, *job);
        return Step{std::move(*job), false};
      }
      let_go(database, ledger_, *job, rows);
      for (const auto& row : rows) database.run("DELETE FROM removal WHERE job = ? AND row = ?", id, row.row);
      JobTable(database).save(*job);
      return Step{std::move(*job), true};
    });
    if (step.has_error()) return step.error();
    if (!step->more) return step->job;
  }
}

Result<harvest::HarvestJob> Writer::reject(std::int64_t id) {
  return ledger_.write([&](sqlite::Database& database) -> Result<harvest::HarvestJob> {
    auto job = waiting_job(database, id);
    if (job.has_value()) decide(database, *job);
    return job;
  });
}

Result<void> Writer::withdraw(std::string_view record_id) {
  auto done = ledger_.write([&](sqlite::Database& database) { return store::withdraw(database, ledger_, record_id); });
  // The write-ahead log still holds the pages as they were.
  if (done.has_value()) ledger_.flush_log();
  return done;
}

Result<void> Writer::release(std::string_view record_id) {
  return ledger_.write([&](sqlite::Database& database) { return store::release(database, record_id); });
}

Result<harvest::RecordOutcome> Writer::put_again(std::string_view record_id, const Draft& draft) {
  return ledger_.write(
      [&](sqlite::Database& database) { return store::put_again(database, ledger_, record_id, draft); });
}

Result<harvest::HarvestJob> Writer::undo(std::int64_t id) {
  return ledger_.write([&](sqlite::Database& database) -> Result<harvest::HarvestJob> {
    auto job = JobTable(database).find(id);
    if (job.has_error()) return job.error();
    if (job->outcome == harvest::JobOutcome::running)
      return Error{ErrorCode::conflict, "the job has not ended", "", "wait for it, or stop it"};
    // What was let go stays in the report with the cause "kept".
    database.run(
        "UPDATE job_record SET cause = ?2, message = 'a person kept it', hint = '' WHERE job = ?1 AND outcome = "
        "'removed' "
        "AND record_id IN (SELECT r.id FROM departure d JOIN record r ON r.row = d.row WHERE d.job = ?1 AND d.leaves "
        "IS NOT NULL)",
        id, "kept");
    const std::uint64_t kept = Departures(database).keep(id);
    if (kept == 0)
      return Error{ErrorCode::conflict, "no record that this job removed is within its grace period", "",
                   "what has left the search comes back when its portal lists it again"};
    job->counts.removed -= std::min(kept, job->counts.removed);
    job->removals_leaving = 0;
    job->leaving.reset();
    JobTable(database).save(*job);
    return job;
  });
}

Result<void> Writer::put_plan(const harvest::Plan& plan) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    PlanTable plans(database);
    plans.forget_expired(ledger_.now());
    plans.put(plan);
    return {};
  });
}

Result<void> Writer::forget_unfinished_plans() {
  return ledger_.write([](sqlite::Database& database) -> Result<void> {
    PlanTable(database).forget_unfinished();
    return {};
  });
}

Result<std::uint64_t> Writer::remove_departed() {
  return remove_batches(
      ledger_, [&](sqlite::Database& database) { return Departures(database).due(ledger_.now(), batch_size); });
}

Result<std::optional<Instant>> Writer::next_departure() const {
  return ledger_.read(
      [](sqlite::Database& database) -> Result<std::optional<Instant>> { return Departures(database).next(); });
}

Result<std::vector<KnownRecord>> Writer::known(std::string_view source_id) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<KnownRecord>> {
    auto query = database.query(
        "SELECT r.id, r.remote_id, r.remote_url, r.content_hash, r.fingerprint, r.raw_hash, r.mapping_version, "
        "d.leaves IS NOT NULL, v.raw_hash FROM record r JOIN source o ON o.key = r.source LEFT JOIN departure d ON "
        "d.row = r.row "
        "LEFT JOIN rival v ON v.row = r.row "
        "WHERE o.id = ? AND r.removed_at IS NULL ORDER BY r.row",
        source_id);
    std::vector<KnownRecord> records;
    while (query.next()) {
      if (records.empty() || records.back().id != query.text(0))
        records.push_back({query.string(0),
                           query.string(1),
                           query.string(2),
                           query.string(3),
                           query.number(4),
                           query.number(5),
                           static_cast<int>(query.integer(6)),
                           query.integer(7) != 0,
                           {}});
      if (!query.is_null(8)) records.back().rivals.push_back(query.number(8));
    }
    return records;
  });
}

Result<std::vector<StoredRaw>> Writer::raws_after(std::string_view source_id, std::uint64_t after,
                                                  std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<StoredRaw>> {
    static const std::string sql = "SELECT " + std::string(stored_raw_columns) +
                                   " FROM record r JOIN source o ON o.key = r.source JOIN raw w ON w.row = r.row "
                                   "WHERE o.id = ? AND +r.row > ? AND r.removed_at IS NULL ORDER BY r.row LIMIT ?";
    auto query = database.query(sql, source_id, after, limit);
    return stored_raws(query);
  });
}

Result<harvest::Counts> Writer::remap(std::string_view source_id, const std::vector<Draft>& drafts) {
  return ledger_.write([&](sqlite::Database& database) -> Result<harvest::Counts> {
    const auto key = SourceTable(database).free_key(source_id);
    if (key.has_error()) return key.error();
    return RecordTable(database, ledger_, *key, source_id).remap(drafts);
  });
}

Result<void> Writer::keep_apart(std::string_view id, std::string_view other, bool apart) {
  if (id == other) return Error{ErrorCode::invalid_input, "these are one record, not two", std::string(id), ""};
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    const auto one = live_row(database, id);
    const auto two = live_row(database, other);
    if (!one || !two) return Error{ErrorCode::not_found, "there is no record " + std::string(one ? other : id), "", ""};
    FamilyTable families(database, ledger_);
    apart ? families.separate(*one, *two) : families.join(*one, *two);
    return {};
  });
}

Result<void> Writer::forget_old() {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    store::forget_old(database, options_, ledger_.now());
    return {};
  });
}

}  // namespace moisson::store
