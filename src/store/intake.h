// Intake: what becomes of each record that a running job hands over, beside what is stored of it: created, updated, moved,
// revived, only sighted, put aside or told. It keeps the job's counts and its report. Inside one write transaction;
// throws Failure. What it is given outlives it.
#pragma once

#include "store/draft.h"
#include "store/pending_moves.h"
#include "store/record_table.h"
#include "store/report.h"
#include "store/run.h"
#include "store/withdrawals.h"

#include <moisson/harvest/job.h>

#include <cstdint>
#include <string>

namespace moisson::store {

class Intake {
 public:
  // `job`: its counts go on from here.
  Intake(sqlite::Database& database, Ledger& ledger, std::int64_t source, harvest::HarvestJob& job,
         std::int64_t attempt)
      : records_(database, ledger, source, job.source_id),
        withdrawals_(database, source),
        moves_(database, job.id),
        report_(database, job.id),
        job_(job),
        attempt_(attempt) {}

  void sight(const Sighting& seen);
  void take(const Draft& draft);
  // `raw`: what there was of it; may be absent.
  void leave_out(const harvest::JobRecord& left_out, const harvest::RawSource* raw);
  // What take() put aside, at the end of the listing.
  void settle(const PendingMoves::Aside& aside, bool may_move);

 private:
  void meet(const RecordRow& row, const Draft& draft);  // what is stored, live, under its id
  void revive(const RecordRow& row, const Draft& draft);
  void restore(const std::string& id, const Draft& draft);
  void create(const Draft& draft);
  void put_aside(const Draft& draft, const std::string& record_id);
  void take_duplicate(const RecordRow& row, const Draft& draft);
  void tell_duplicate(const Draft& draft, const std::string& record_id);
  void tell_withdrawn(const std::string& id);
  void done(std::uint64_t row, const std::string& id, const Draft& draft, harvest::RecordOutcome outcome);

  RecordTable records_;
  Withdrawals withdrawals_;
  PendingMoves moves_;
  Report report_;
  harvest::HarvestJob& job_;
  const std::int64_t attempt_;
};

}  // namespace moisson::store
