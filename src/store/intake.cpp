#include "store/intake.h"

#include <algorithm>

namespace moisson::store {
namespace {

using harvest::RecordOutcome;

constexpr std::size_t most_findings = 8;  // rows that one record may take in a report

}  // namespace

void Intake::sight(const Sighting& seen) {
  const auto before = records_.sighting(seen.row);
  if (before.job == job_.id && before.attempt == attempt_) return;
  if (before.job != job_.id) ++job_.counts.unchanged;
  records_.sight(seen.row, job_.id, attempt_, std::nullopt, seen.popularity);
}

void Intake::take(const Draft& draft) {
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
    if (row->raw_hash != draft.raw_hash && records_.is_rival(row->row, draft.raw_hash))
      return put_aside(draft, row->id);
    return meet(*row, draft);
  }
  if (row) return revive(*row, draft);
  const bool waits = moves_.quality(draft.remote_id).has_value();
  const bool may_move = draft.id.empty() && !records_.unseen_like(draft.fingerprint, job_.id).empty();
  if (waits || may_move) return put_aside(draft, "");
  create(draft);
}

void Intake::leave_out(const harvest::JobRecord& left_out, const harvest::RawSource* raw) {
  ++job_.counts[left_out.outcome];
  harvest::JobRecord told = left_out;
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

void Intake::settle(const PendingMoves::Aside& aside, bool may_move) {
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

void Intake::meet(const RecordRow& row, const Draft& draft) {
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

void Intake::revive(const RecordRow& row, const Draft& draft) {
  records_.replace(row, draft);
  done(row.row, row.id, draft, RecordOutcome::created);
}

// A record that was withdrawn and released keeps its id, where its tombstone still stands.
void Intake::restore(const std::string& id, const Draft& draft) {
  const auto row = records_.find_id(id);
  withdrawals_.forget(id);
  row ? revive(*row, draft) : create(draft);
}

void Intake::create(const Draft& draft) {
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
void Intake::put_aside(const Draft& draft, const std::string& record_id) {
  const auto waiting = moves_.quality(draft.remote_id);
  const bool second = waiting && waiting->attempt == attempt_;
  if (second) tell_duplicate(draft, record_id);
  if (!second || draft.quality > waiting->quality) moves_.put(draft, attempt_);
}

// Two records under one remote id: one is kept, the second is told, and known again by the next run.
void Intake::take_duplicate(const RecordRow& row, const Draft& draft) {
  tell_duplicate(draft, row.id);
  if (row.raw_hash == draft.raw_hash) return;
  const bool better = row.quality != 0 && draft.quality > row.quality && row.content_hash != draft.content_hash;
  records_.add_rival(row.row, better ? row.raw_hash : draft.raw_hash);
  if (!better) return;
  records_.replace(row, draft);
  records_.sight(row.row, job_.id, attempt_, draft.quality, draft.popularity);
}

void Intake::tell_duplicate(const Draft& draft, const std::string& record_id) {
  ++job_.counts.skipped;
  report_.add({RecordOutcome::skipped, draft.remote_id, record_id, draft.title, "duplicate_id", draft.raw.pointer,
               "the portal listed this id more than once in this run; the better one is kept",
               "give each record its own id"});
}

// By its id alone: nothing that the portal says of it is written down.
void Intake::tell_withdrawn(const std::string& id) {
  ++job_.counts.skipped;
  report_.add({RecordOutcome::skipped, "", id, "", "withdrawn", "", "this record was withdrawn from the catalog",
               "release it if it may come back"});
}

void Intake::done(std::uint64_t row, const std::string& id, const Draft& draft, RecordOutcome outcome) {
  ++job_.counts[outcome];
  records_.sight(row, job_.id, attempt_, draft.quality, draft.popularity);
  if (draft.findings.empty()) report_.add({outcome, draft.remote_id, id, draft.title, "", "", "", ""});
  for (std::size_t i = 0; i < std::min(draft.findings.size(), most_findings); ++i) {
    const auto& finding = draft.findings[i];
    report_.add(
        {outcome, draft.remote_id, id, draft.title, finding.cause, finding.place, finding.message, finding.hint});
  }
}

}  // namespace moisson::store
