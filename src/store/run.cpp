#include "store/run.h"

#include "store/job_table.h"
#include "store/ledger.h"
#include "store/pending_moves.h"
#include "store/record_table.h"
#include "store/rows.h"
#include "store/withdrawals.h"

#include <algorithm>
#include <limits>

namespace moisson::store {
namespace {

using harvest::JobRecord;
using harvest::RecordOutcome;

constexpr std::size_t batch_size = 500;
constexpr std::size_t most_findings = 8;  // rows that one record may take in a report
constexpr std::size_t most_remarks = 100;

// Applies the drafts of one job inside one transaction, keeping its counts and its report.
class Application {
 public:
  Application(sqlite::Database& database, Ledger& ledger, std::int64_t source, harvest::HarvestJob& job,
              std::int64_t attempt)
      : records_(database, ledger, source, job.source_id),
        withdrawals_(database, source),
        moves_(database, job.id),
        report_(database, job.id),
        job_(job),
        attempt_(attempt) {}

  void sight(const Sighting& seen) {
    const auto before = records_.sighting(seen.row);
    if (before.job == job_.id && before.attempt == attempt_) return;
    if (before.job != job_.id) ++job_.counts.unchanged;
    records_.sight(seen.row, job_.id, attempt_, std::nullopt, seen.popularity);
  }

  void take(const Draft& draft) {
    const auto row = records_.find(draft.remote_id);
    if (!row || row->removed) {
      const auto withdrawn = withdrawals_.find(draft.remote_id);
      if (withdrawn && withdrawn->released) return restore(withdrawn->record_id, draft);
      const std::string like = withdrawn ? withdrawn->record_id : withdrawals_.like(draft.fingerprint);
      if (!like.empty()) return tell_withdrawn(like);
    }
    if (row && !row->removed) {
      if (row->job == job_.id && row->attempt == attempt_) return take_duplicate(*row, draft);
      // The better record of this id may still come, as it did before: then nothing has changed.
      if (row->raw_hash != draft.raw_hash && records_.is_rival(row->row, draft.raw_hash)) return put_aside(draft, row->id);
      return meet(*row, draft);
    }
    if (row) return revive(*row, draft);
    const bool waits = moves_.quality(draft.remote_id).has_value();
    const bool may_move = draft.id.empty() && !records_.unseen_like(draft.fingerprint, job_.id).empty();
    if (waits || may_move) return put_aside(draft, "");
    create(draft);
  }

  // `raw`: what there was of it; may be absent.
  void leave_out(const JobRecord& left_out, const harvest::RawSource* raw) {
    ++job_.counts[left_out.outcome];
    JobRecord told = left_out;
    if (!left_out.remote_id.empty()) {
      if (const auto withdrawn = withdrawals_.find(left_out.remote_id); withdrawn && !withdrawn->released) {
        report_.add({left_out.outcome, "", withdrawn->record_id, "", left_out.cause, "", "", ""});
        return;
      }
      if (const auto row = records_.find(left_out.remote_id); row && !row->removed) {
        told.record_id = row->id;
        // It is still at the portal, so it is not to be removed; what stands of it stays.
        if ((left_out.outcome == RecordOutcome::failed || left_out.cause == "not_in_plan") && row->job != job_.id)
          records_.sight(row->row, job_.id, attempt_, std::nullopt, std::nullopt);
      }
    }
    const auto number = report_.add(told);
    if (raw != nullptr) report_.keep_raw(number, *raw);
  }

  void settle(const PendingMoves::Aside& aside, bool may_move) {
    const Draft& draft = aside.draft;
    if (const auto row = records_.find(draft.remote_id)) {
      if (row->removed || aside.attempt != attempt_) return;  // settled by an attempt that was killed
      if (row->job != job_.id) return meet(*row, draft);
      if (row->raw_hash != draft.raw_hash) take_duplicate(*row, draft);
      return;
    }
    if (const std::string like = withdrawals_.like(draft.fingerprint); !like.empty()) return tell_withdrawn(like);
    if (may_move && moves_.count(draft.fingerprint) == 1) {
      const auto candidates = records_.unseen_like(draft.fingerprint, job_.id);
      if (candidates.size() == 1) {
        records_.replace(candidates.front(), draft);
        return done(candidates.front().row, candidates.front().id, draft, RecordOutcome::moved);
      }
    }
    create(draft);
  }

 private:
  void meet(const RecordRow& row, const Draft& draft) {
    const bool counted = row.job == job_.id;  // by an attempt that was killed: the record is not counted twice
    if (row.content_hash == draft.content_hash && row.remote_url == draft.remote_url) {
      if (row.raw_hash != draft.raw_hash || row.mapping_version != draft.mapping_version)
        records_.replace_raw(row, draft);
      if (!counted) ++job_.counts.unchanged;
      records_.sight(row.row, job_.id, attempt_, draft.quality, draft.popularity);
      return;
    }
    records_.replace(row, draft);
    if (counted) return records_.sight(row.row, job_.id, attempt_, draft.quality, draft.popularity);
    done(row.row, row.id, draft, RecordOutcome::updated);
  }

  void revive(const RecordRow& row, const Draft& draft) {
    records_.replace(row, draft);
    done(row.row, row.id, draft, RecordOutcome::created);
  }

  // A record that was withdrawn and released keeps its id, where its tombstone still stands.
  void restore(const std::string& id, const Draft& draft) {
    const auto row = records_.find_id(id);
    withdrawals_.forget(id);
    row ? revive(*row, draft) : create(draft);
  }

  void create(const Draft& draft) {
    const RecordRow row = records_.create(draft);
    if (draft.id.empty() || draft.id == row.id) return done(row.row, row.id, draft, RecordOutcome::created);
    Draft told = draft;
    told.findings.insert(told.findings.begin(),
                         {"id_taken", draft.raw.pointer,
                          "its id " + draft.id + " belongs to another record here; it was given one of its own",
                          "harvest one portal from one place: directly, or through a mirror"});
    done(row.row, row.id, told, RecordOutcome::created);
  }

  // Waits for the end of the listing; of two under one id the better does.
  void put_aside(const Draft& draft, const std::string& record_id) {
    const auto waiting = moves_.quality(draft.remote_id);
    const bool second = waiting && waiting->attempt == attempt_;
    if (second) tell_duplicate(draft, record_id);
    if (!second || draft.quality > waiting->quality) moves_.put(draft, attempt_);
  }

  // Two records under one remote id: one is kept, the second is told, and known again by the next run.
  void take_duplicate(const RecordRow& row, const Draft& draft) {
    tell_duplicate(draft, row.id);
    if (row.raw_hash == draft.raw_hash) return;
    const bool better = row.quality != 0 && draft.quality > row.quality && row.content_hash != draft.content_hash;
    records_.add_rival(row.row, better ? row.raw_hash : draft.raw_hash);
    if (!better) return;
    records_.replace(row, draft);
    records_.sight(row.row, job_.id, attempt_, draft.quality, draft.popularity);
  }

  void tell_duplicate(const Draft& draft, const std::string& record_id) {
    ++job_.counts.skipped;
    report_.add({RecordOutcome::skipped, draft.remote_id, record_id, draft.title, "duplicate_id", draft.raw.pointer,
                 "the portal listed this id more than once in this run; the better one is kept",
                 "give each record its own id"});
  }

  // By its id alone: nothing that the portal says of it is written down.
  void tell_withdrawn(const std::string& id) {
    ++job_.counts.skipped;
    report_.add({RecordOutcome::skipped, "", id, "", "withdrawn", "", "this record was withdrawn from the catalog",
                 "release it if it may come back"});
  }

  void done(std::uint64_t row, const std::string& id, const Draft& draft, RecordOutcome outcome) {
    ++job_.counts[outcome];
    records_.sight(row, job_.id, attempt_, draft.quality, draft.popularity);
    if (draft.findings.empty()) report_.add({outcome, draft.remote_id, id, draft.title, "", "", "", ""});
    for (std::size_t i = 0; i < std::min(draft.findings.size(), most_findings); ++i) {
      const auto& finding = draft.findings[i];
      report_.add(
          {outcome, draft.remote_id, id, draft.title, finding.cause, finding.place, finding.message, finding.hint});
    }
  }

  RecordTable records_;
  Withdrawals withdrawals_;
  PendingMoves moves_;
  Report report_;
  harvest::HarvestJob& job_;
  const std::int64_t attempt_;
};

}  // namespace

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
  harvest::HarvestJob job = job_;
  auto applied = ledger_->write([&](sqlite::Database& database) -> Result<void> {
    Application application(database, *ledger_, source_, job, attempt_);
    for (const auto& sighting : batch.sightings) application.sight(sighting);
    for (const auto& draft : batch.drafts) application.take(draft);
    for (std::size_t i = 0; i < batch.left_out.size(); ++i) {
      const auto raw = batch.raws.find(i);
      application.leave_out(batch.left_out[i], raw == batch.raws.end() ? nullptr : &raw->second);
    }
    for (const auto row : batch.tombstones)
      database.run("INSERT OR IGNORE INTO removal (job, row) VALUES (?, ?)", job.id, row);
    job.pages += batch.pages;
    if (batch.announced != 0) job.announced = batch.announced;
    for (const auto& remark : batch.remarks)
      if (job.remarks.size() < most_remarks) job.remarks.push_back(remark);
    job.heartbeat = ledger_->now();
    JobTable(database).save(job);
    return {};
  });
  if (applied.has_value()) job_ = std::move(job);
  return applied;
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
  harvest::HarvestJob job = job_;
  auto sighted = ledger_->write([&](sqlite::Database& database) -> Result<void> {
    job.counts.unchanged += database.run(
        "UPDATE sighting SET job = ?, attempt = ?, at = ? WHERE job <> ? AND row IN "
        "(SELECT row FROM record WHERE source = ? AND removed_at IS NULL) AND row NOT IN (SELECT row FROM departure) "
        "AND row NOT IN (SELECT row FROM removal WHERE job = ?)",
        job_.id, attempt_, ledger_->now(), job_.id, source_, job_.id);
    JobTable(database).save(job);
    return {};
  });
  if (sighted.has_value()) job_ = std::move(job);
  return sighted;
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
  for (bool more = true; more;) {
    harvest::HarvestJob job = job_;
    auto settled = ledger_->write([&](sqlite::Database& database) -> Result<bool> {
      PendingMoves moves(database, job.id);
      const auto drafts = moves.next(after, batch_size);
      Application application(database, *ledger_, source_, job, attempt_);
      for (const auto& aside : drafts) application.settle(aside, listing_complete);
        // Only when all are settled: whether a fingerprint is the only one is asked of all.
      if (drafts.empty()) moves.clear();
      JobTable(database).save(job);
      return !drafts.empty();
    });
    if (settled.has_error()) return settled.error();
    job_ = std::move(job);
    more = *settled;
  }
  return {};
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
          "SELECT count(*) FROM removal m JOIN record r ON r.row = m.row WHERE m.job = ? AND r.removed_at IS NULL", job_.id);
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
  for (bool more = true; more;) {
    harvest::HarvestJob job = job_;
    auto removed = ledger_->write([&](sqlite::Database& database) -> Result<bool> {
      const auto rows = unseen_rows(database, source_, job.id, batch_size);
      let_go(database, *ledger_, job, rows);
      JobTable(database).save(job);
      return !rows.empty();
    });
    if (removed.has_error()) return removed.error();
    job_ = std::move(job);
    more = *removed;
  }
  return {};
}

Result<std::uint64_t> Run::remove_unseen_among(const std::unordered_set<std::string>& ids) {
  harvest::HarvestJob job = job_;
  auto others = ledger_->write([&](sqlite::Database& database) -> Result<std::uint64_t> {
    auto rows = unseen_rows(database, source_, job.id, std::numeric_limits<std::int64_t>::max());
    const std::uint64_t all = rows.size();
    std::erase_if(rows, [&](const LiveRow& row) { return !ids.contains(row.id); });
    let_go(database, *ledger_, job, rows);
    JobTable(database).save(job);
    return all - rows.size();
  });
  if (others.has_value()) job_ = std::move(job);
  return others;
}

Result<void> Run::remove_tombstones() {
  for (bool more = true; more;) {
    harvest::HarvestJob job = job_;
    auto removed = ledger_->write([&](sqlite::Database& database) -> Result<bool> {
      const auto rows = tombstone_rows(database, job.id, batch_size);
      RecordTable records(database, *ledger_, source_, job.source_id);
      Report report(database, job.id);
      for (const auto& row : rows) {
        std::string title = records.title(row.row);
        records.remove(row.row, row.seq);
        database.run("DELETE FROM removal WHERE job = ? AND row = ?", job.id, row.row);
        report.add({RecordOutcome::removed, row.remote_id, row.id, std::move(title), "", "", "", ""});
      }
      job.counts.removed += rows.size();
      JobTable(database).save(job);
      return !rows.empty();
    });
    if (removed.has_error()) return removed.error();
    job_ = std::move(job);
    more = *removed;
  }
  return {};
}

Result<void> Run::hold(bool unseen) {
  harvest::HarvestJob job = job_;
  auto held = ledger_->write([&](sqlite::Database& database) -> Result<void> {
    JobTable jobs(database);
    jobs.drop_removals_of_source(source_);
    if (unseen) {
      database.run(
          "INSERT OR IGNORE INTO removal (job, row) SELECT ?, r.row FROM record r LEFT JOIN sighting s ON s.row = r.row "
          "LEFT JOIN departure d ON d.row = r.row "
          "WHERE r.source = ? AND r.removed_at IS NULL AND ifnull(s.job, 0) <> ? AND d.leaves IS NULL",
          job.id, source_, job.id);
    }
    auto query = database.query("SELECT count(*) FROM removal WHERE job = ?", job.id);
    if (query.next()) job.removals_waiting = query.number(0);
    jobs.save(job);
    return {};
  });
  if (held.has_value()) job_ = std::move(job);
  return held;
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
  harvest::HarvestJob job = job_;
  job.outcome = outcome;
  job.error = error;
  job.ended = ledger_->now();
  auto ended = ledger_->write([&](sqlite::Database& database) -> Result<void> {
    JobTable(database).save(job);
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
  if (ended.has_value()) job_ = std::move(job);
  return ended;
}

}  // namespace moisson::store
