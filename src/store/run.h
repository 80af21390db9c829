// Run: one running job's way into the store. It holds the lease of its source until end(). Not thread-safe: it belongs
// to the job's thread; any number of runs of different sources go side by side. The store outlives it.
#pragma once

#include "store/draft.h"

#include <moisson/harvest/harvester.h>
#include <moisson/harvest/job.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace moisson::store {

class Ledger;

// What the store has under a remote id.
struct Known {
  std::uint64_t row = 0;
  std::string id;
  std::uint64_t raw_hash = 0;
  int mapping_version = 0;
  std::string content_hash;
  bool seen = false;  // in this attempt of this job
};

struct Sighting {
  std::uint64_t row = 0;
  std::optional<std::uint64_t> popularity;  // none: keep what is known
};

// A stored record as a remap needs it.
struct StoredRaw {
  std::uint64_t row = 0;
  std::string remote_id;
  std::string remote_url;
  harvest::RawSource raw;
};

// What a job learned since its last batch.
struct Batch {
  std::vector<Draft> drafts;
  std::vector<Sighting> sightings;                 // unchanged records
  std::vector<harvest::JobRecord> left_out;        // failed and skipped
  std::map<std::size_t, harvest::RawSource> raws;  // what there was of failed ones, by their place in left_out
  std::vector<std::uint64_t> tombstones;           // rows of records that the portal states to be removed
  std::uint64_t pages = 0;                         // more than before
  std::uint64_t announced = 0;                     // 0: not told
  std::vector<dcat::Finding> remarks;

  std::size_t size() const { return drafts.size() + sightings.size() + left_out.size() + tombstones.size(); }
  bool empty() const { return size() == 0 && pages == 0 && announced == 0 && remarks.empty(); }
};

// The live records of the source, before what this job created and without those that are leaving; those of them that it
// did not see; those of these that a person kept before; and apart from all these, those that the portal states to be
// removed.
struct Unseen {
  std::uint64_t known = 0;
  std::uint64_t unseen = 0;
  std::uint64_t kept = 0;
  std::uint64_t tombstones = 0;
};

// Keys of the source's records that link them to no copy elsewhere, because too many or different ones bear them
// (dcat/family.h).
struct AmbiguousKeys {
  std::uint64_t count = 0;
  std::string example;
};

class Run {
 public:
  Run(Ledger& ledger, std::int64_t source_key, harvest::HarvestJob job, std::int64_t attempt, harvest::Memory memory)
      : ledger_(&ledger), source_(source_key), job_(std::move(job)), attempt_(attempt), memory_(std::move(memory)) {}

  // How often it was taken up, 1 for the first time.
  std::int64_t attempt() const { return attempt_; }
  // It is alive, though nothing is to be written.
  Result<void> beat();

  // As the last batch left it.
  const harvest::HarvestJob& job() const { return job_; }
  // The harvester's, as its last run left it.
  const harvest::Memory& memory() const { return memory_; }

  // A live record; nothing if there is none. Does not see what is not applied yet.
  Result<std::optional<Known>> find(std::string_view remote_id) const;
  // Whether this job has put the id aside as a possible move.
  Result<bool> waits(std::string_view remote_id) const;

  // One transaction for a batch of at most 500: creates, updates, revives, sights, reports and counts. A draft under
  // an id that this attempt saw already is counted as skipped ("duplicate_id"); the better of the two is kept. A draft
  // under a new id whose fingerprint belongs to an unseen record waits for settle_moves().
  Result<void> apply(const Batch& batch);

  // Every live record of the source counts as seen and unchanged, but for those that it did not list last time either, and
  // those that the portal states to be removed.
  Result<void> sight_all();

  // Live records with row > after that another mapping than `version` made, with what they were made of.
  Result<std::vector<StoredRaw>> mapped_otherwise(int version, std::uint64_t after, std::size_t limit) const;
  // Puts what today's mapping makes of them in their place; the job's counts do not tell. Result: updated and unchanged.
  Result<harvest::Counts> remap(const std::vector<Draft>& drafts);

  // Decides the waiting drafts: where the listing is complete and exactly one unseen record and one draft have the
  // fingerprint, the record moves to the new id; all others are created.
  Result<void> settle_moves(bool listing_complete);

  Result<AmbiguousKeys> ambiguous_keys() const;

  Result<Unseen> unseen() const;
  // At once, or after the source's grace period.
  Result<void> remove_unseen();
  // Of the unseen those alone whose ids are given. Result: how many others there are, which stay.
  Result<std::uint64_t> remove_unseen_among(const std::unordered_set<std::string>& ids);
  // What the portal states to be removed, at once.
  Result<void> remove_tombstones();
  // Writes down for approve() and reject() what the portal states to be removed, and the unseen if wanted; earlier jobs'
  // plans give way.
  Result<void> hold(bool unseen);

  // What became of each property of the records that the job mapped, in the place of what an earlier job told of the
  // source.
  Result<void> tell_mapping(const std::vector<dcat::PropertyTally>& tallies);

  // Ends the job with this outcome and gives the lease back. `memory`: the harvester's for its next run; none: as it
  // was.
  Result<void> end(harvest::JobOutcome outcome, const std::optional<Error>& error,
                   const std::optional<harvest::Memory>& memory);

 private:
  // One transaction of work(Database&, HarvestJob&), which saves the job as `work` leaves it; job() stays if it fails.
  template <class Work>
  auto write(const Work& work);
  // One after the other, as long as `work` says that there is more.
  template <class Work>
  Result<void> write_batches(const Work& work);

  Ledger* ledger_;
  std::int64_t source_;
  harvest::HarvestJob job_;
  std::int64_t attempt_;
  harvest::Memory memory_;
};

}  // namespace moisson::store
