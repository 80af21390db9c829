#include "harvest/preview.h"

#include "dcat/canonical_json.h"
#include "harvest/field_changes.h"
#include "harvest/loop.h"
#include "harvest/outcome.h"
#include "harvest/report_row.h"
#include "store/draft.h"
#include "store/title.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace moisson::harvest {
namespace {

constexpr std::size_t most_rows = 100'000;
constexpr std::size_t most_samples = 20;
constexpr std::size_t most_remarks = 100;

// What a job would do, record by record.
class PreviewSink final : public RecordSink {
 public:
  PreviewSink(const Worksite& worksite, const store::Mapping& mapping, dcat::MappingReport& report,
              const std::vector<store::KnownRecord>& known, const StoredJson& stored_json, std::uint64_t limit)
      : mapping_(mapping), report_(report), loop_(worksite.catalog_url), stored_json_(stored_json), limit_(limit) {
    for (const auto& record : known) known_.emplace(record.remote_id, Compared{&record, false, false});
  }

  bool known(std::string_view remote_id, const RawSource& raw, std::optional<std::uint64_t>) override {
    const auto found = known_.find(remote_id);
    if (full() || found == known_.end() || found->second.seen) return false;
    const auto& record = *found->second.record;
    if (record.mapping_version != mapping_.version || record.raw_hash != mapping_.hash(raw.bytes)) return false;
    found->second.seen = true;
    ++result.counts.unchanged;
    return true;
  }

  Flow take(HarvestedRecord&& record) override {
    if (full()) return Flow::stop;
    if (auto looped = loop_.meets(record)) return skip(std::move(*looped));
    RecordFailure failure{record.remote_id, "", {}, {}};
    failure.raw.pointer = record.raw.pointer;
    for (auto& finding : record.findings) finding = trimmed(located(std::move(finding), record.raw.pointer));
    auto draft = store::make_draft(std::move(record), mapping_, &report_);
    if (draft.has_error()) {
      failure.error = draft.error();
      return fail(std::move(failure));
    }
    if (result.sample.size() < most_samples)
      if (auto sample = dcat::from_json(draft->json); sample.has_value()) result.sample.push_back(std::move(*sample));
    const auto found = known_.find(draft->remote_id);
    const bool repeated = found != known_.end() ? found->second.seen : planned_.contains(draft->remote_id);
    if (repeated) {
      prefer(*draft);
      return tell({duplicate_row(draft->remote_id, "", draft->raw.pointer)});
    }
    if (found == known_.end()) {
      ++created_like_[draft->fingerprint];
      return plan(*draft, {row(RecordOutcome::created, *draft, ""), draft->content_hash});
    }
    const auto& rivals = found->second.record->rivals;
    const bool kept = found->second.record->raw_hash == draft->raw_hash;
    if (!kept && std::find(rivals.begin(), rivals.end(), draft->raw_hash) != rivals.end()) {  // as run.h, apply
      auto row = duplicate_row(draft->remote_id, "", draft->raw.pointer);
      const bool first = aside_.emplace(found->first, std::move(*draft)).second;
      return first ? Flow::go_on : tell({std::move(row)});
    }
    return compare(found->second, *draft);
  }

  Flow fail(RecordFailure&& failure) override {
    if (full()) return Flow::stop;
    if (const auto found = known_.find(failure.remote_id); found != known_.end()) found->second.seen = true;
    if (failure.remote_id.empty()) ++unnamed_failures_;
    return tell({row_of(failure)});
  }

  Flow skip(RecordSkip&& skip) override { return full() ? Flow::stop : tell({row_of(skip)}); }

  bool present(std::string_view remote_id) override {
    const auto found = known_.find(remote_id);
    if (found == known_.end()) return false;
    if (!std::exchange(found->second.seen, true)) ++result.counts.unchanged;
    return true;
  }

  Flow tombstone(std::string_view remote_id) override {
    if (full()) return Flow::stop;
    if (const auto found = known_.find(remote_id); found != known_.end()) found->second.stated_removed = true;
    return Flow::go_on;
  }

  Flow page(std::string_view, std::uint64_t announced_total) override {
    if (announced_total != 0) result.announced = announced_total;
    return full() ? Flow::stop : Flow::go_on;
  }

  Flow lost(Error&& error) override {
    remark(remark_of(error));
    if (!result.error) result.error = std::move(error);
    lost_ = true;
    return full() ? Flow::stop : Flow::go_on;
  }

  void remark(dcat::Finding&& finding) override {
    if (result.remarks.size() >= most_remarks) return;
    result.remarks.push_back(trimmed(std::move(finding)));
  }

  // The end of the listing: moves, then removals.
  void finish(const Listing& listing, const DeletionLimits& limits) {
    if (listing.not_modified)
      for (auto& [remote_id, compared] : known_)
        if (!compared.leaves() && !std::exchange(compared.seen, true)) ++result.counts.unchanged;
    for (const auto& [remote_id, draft] : aside_) {
      auto& found = known_.at(remote_id);
      if (!found.seen) {
        compare(found, draft);
        continue;
      }
      prefer(draft);
      tell({duplicate_row(remote_id, "", draft.raw.pointer)});
    }
    result.complete = (listing.complete || listing.not_modified) && !full();
    const bool complete = result.complete && !lost_;
    if (complete) find_moves();
    DeletionFacts facts{known_.size(), 0, 0, result.counts.seen(), complete, unnamed_failures_};
    std::uint64_t stated = 0;
    for (const auto& [remote_id, compared] : known_) {
      stated += compared.stated_removed;
      facts.unseen += !compared.seen && !compared.leaves();
    }
    decide(plan_tombstones(known_.size(), stated, limits), [](const Compared& one) { return one.stated_removed; });
    decide(plan_deletions(facts, limits), [](const Compared& one) { return !one.seen && !one.leaves(); });
    if (auto met = loop_.finding()) remark(std::move(*met));
  }

  bool full() const { return limit_ != 0 && result.counts.seen() >= limit_; }

  Preview result;
  bool held = false;

 private:
  struct Planned {
    RecordOutcome outcome;  // created or updated
    std::int64_t quality;
    std::uint64_t fingerprint;
    std::size_t row;  // of result.records, unless these are full
  };
  struct Compared {
    const store::KnownRecord* record;
    bool seen;
    bool stated_removed;
    bool leaves() const { return stated_removed || record->leaving; }
  };

  Flow compare(Compared& found, const store::Draft& draft) {
    found.seen = true;
    const auto& stored = *found.record;
    if (stored.content_hash != draft.content_hash || stored.remote_url != draft.remote_url)
      return plan(draft, {row(RecordOutcome::updated, draft, stored.id), draft.content_hash,
                          field_changes(stored_json_(stored.id), draft.json)});
    ++result.counts.unchanged;
    return Flow::go_on;
  }

  template <class Concerned>
  void decide(const DeletionPlan& plan, const Concerned& concerned) {
    if (plan.decision == DeletionPlan::Decision::none) return;
    if (plan.decision == DeletionPlan::Decision::hold) {
      held = true;
      if (!result.error) result.error = Error{ErrorCode::conflict, plan.reason, "", ""};
    }
    for (const auto& [remote_id, compared] : known_)
      if (concerned(compared))
        tell({{RecordOutcome::removed, compared.record->remote_id, compared.record->id,
               store::title_of(stored_json_(compared.record->id))}});
  }

  static JobRecord row(RecordOutcome outcome, const store::Draft& draft, const std::string& id) {
    JobRecord made{outcome, draft.remote_id, id, draft.title, "", "", "", ""};
    if (draft.findings.empty()) return made;
    const auto& finding = draft.findings.front();
    made.cause = finding.cause;
    made.place = finding.place;
    made.message = finding.message;
    made.hint = finding.hint;
    return made;
  }

  Flow tell(PlannedRecord&& row) {
    ++result.counts[row.record.outcome];
    if (result.records.size() < most_rows) result.records.push_back(std::move(row));
    return Flow::go_on;
  }

  Flow plan(const store::Draft& draft, PlannedRecord&& row) {
    planned_.emplace(draft.remote_id,
                     Planned{row.record.outcome, draft.quality, draft.fingerprint, result.records.size()});
    return tell(std::move(row));
  }

  // As run.h, apply: of two under one id the better is what the plan lists.
  void prefer(const store::Draft& draft) {
    const auto found = planned_.find(draft.remote_id);
    if (found == planned_.end() || draft.quality <= found->second.quality) return;
    Planned& better = found->second;
    if (better.outcome == RecordOutcome::created) {
      --created_like_[better.fingerprint];
      ++created_like_[draft.fingerprint];
    }
    better.quality = draft.quality;
    better.fingerprint = draft.fingerprint;
    if (better.row >= result.records.size()) return;
    PlannedRecord& planned = result.records[better.row];
    const std::string id = planned.record.record_id;
    planned = {row(better.outcome, draft, id), draft.content_hash,
               id.empty() ? std::vector<FieldChange>() : field_changes(stored_json_(id), draft.json)};
  }

  // As run.h, settle_moves.
  void find_moves() {
    std::unordered_map<std::uint64_t, std::vector<Compared*>> gone;
    for (auto& [remote_id, compared] : known_)
      if (!compared.seen && !compared.stated_removed) gone[compared.record->fingerprint].push_back(&compared);
    for (const auto& [remote_id, planned] : planned_) {
      if (planned.outcome != RecordOutcome::created) continue;
      const auto candidates = gone.find(planned.fingerprint);
      if (candidates == gone.end() || candidates->second.size() != 1 || created_like_[planned.fingerprint] != 1)
        continue;
      Compared& old = *candidates->second.front();
      old.seen = true;
      --result.counts.created;
      ++result.counts.moved;
      for (auto& row : result.records)
        if (row.record.remote_id == remote_id) {
          row.record.outcome = RecordOutcome::moved;
          row.record.record_id = old.record->id;
        }
    }
  }

  const store::Mapping& mapping_;
  dcat::MappingReport& report_;
  Loop loop_;
  const StoredJson& stored_json_;
  const std::uint64_t limit_;
  std::unordered_map<std::string_view, Compared> known_;         // by remote id, which the caller's records own
  std::unordered_map<std::string_view, store::Draft> aside_;     // known beside a better record of their id
  std::unordered_map<std::string, Planned> planned_;             // what is to be created or updated, by remote id
  std::unordered_map<std::uint64_t, std::size_t> created_like_;  // how many, by fingerprint
  std::uint64_t unnamed_failures_ = 0;
  bool lost_ = false;
};

}  // namespace

Preview preview(const Worksite& worksite, const std::vector<store::KnownRecord>& known, const StoredJson& stored_json,
                std::uint64_t limit) {
  const store::Mapping mapping(worksite.source, worksite.harvester.mapping_version(), worksite.language);
  dcat::MappingReport gathered;
  PreviewSink sink(worksite, mapping, gathered, known, stored_json, limit);
  // Without memory and full: a preview reads what a first run would.
  const HarvestContext context{worksite.source, worksite.fetcher, worksite.clock, {}, true,
                               limit,           worksite.secrets, &gathered};
  const auto listing = worksite.harvester.harvest(context, sink);
  RunFacts facts;
  if (listing.has_value()) sink.finish(*listing, worksite.limits);
  if (listing.has_error() && !sink.full()) facts.error = sink.result.error = listing.error();
  facts.lost = sink.result.error.has_value() && !sink.held;
  facts.held = sink.held;
  facts.counts = sink.result.counts;
  sink.result.outcome = outcome_of(facts);
  sink.result.mapping = gathered.tallies();
  return std::move(sink.result);
}

}  // namespace moisson::harvest
