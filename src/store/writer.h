// Writer: the write side of the store, for src/harvest and src/app. Sources, jobs, and the removals that wait for a
// person; the records of one job go through its Run (run.h). Thread-safe; every function is one or more short
// transactions, and on an Error (io: disk full, io error; conflict, not_found) the one under way leaves nothing.
//
// A restore needs no call: Store::open compares the file with the witness beside it ("<file>.witness": epoch and
// highest seq committed). A file that is behind it, or that numbered changes and has none, gets a new epoch and goes on
// above the numbers that were given. To restore a backup, put back the SQLite file alone.
#pragma once

#include "store/run.h"
#include "store/store.h"

#include <moisson/harvest/harvester.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

class Ledger;
class Vault;

// A live record as a preview compares it.
struct KnownRecord {
  std::string id;
  std::string remote_id;
  std::string remote_url;
  std::string content_hash;
  std::uint64_t fingerprint = 0;
  std::uint64_t raw_hash = 0;
  int mapping_version = 0;
  bool leaving = false;               // its removal is decided; it stays in the search until its grace is over
  std::vector<std::uint64_t> rivals;  // raw hashes of what was listed under its id beside it, and not kept
};

class Writer {
 public:
  Writer(Ledger& ledger, Vault& vault, const Options& options) : ledger_(ledger), vault_(vault), options_(options) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Registers a source, or describes it anew; its records, jobs and memory stay. A new one has no next run: set it.
  Result<void> put_source(const harvest::HarvestSource& source);
  // not_found, as in all that name a source.
  Result<void> set_state(std::string_view source_id, harvest::SourceState state);
  Result<void> set_next_run(std::string_view source_id, std::optional<Instant> next_run);
  // Seals a secret of a source and keeps it; an empty one is forgotten. io: the key of the secrets cannot be made.
  Result<void> put_secret(std::string_view source_id, std::string_view name, std::string_view value);
  // All of them, by name. corrupt or io: the key of the secrets is not the one that sealed them, or not there.
  Result<std::map<std::string, std::string>> secrets(std::string_view source_id) const;
  // Retires a source. Its records stay, or are removed if `purge`. conflict: a job runs. Result: records removed.
  Result<std::uint64_t> retire_source(std::string_view source_id, bool purge);

  // Starts a job and takes the source's lease. `plan`: that it applies. conflict: one runs.
  Result<Run> begin(std::string_view source_id, bool full, std::string_view plan = {});
  // Takes up a job that a former process left running: its counts and sightings stand, what it failed and skipped is
  // told again. conflict: it has ended.
  // `full`: it reads everything from now on, even if it did not before.
  Result<Run> resume(std::int64_t job, bool full);
  // Jobs that are running, or that a former process left so.
  Result<std::vector<harvest::HarvestJob>> running() const;

  // Decides the removals of a held job: lets go what is still unseen (at once, or after the grace period), or keeps everything. The job then ends as
  // succeeded, or nothing_changed where its counts say so. conflict: nothing waits, or a job of the source runs.
  Result<harvest::HarvestJob> approve(std::int64_t job);
  Result<harvest::HarvestJob> reject(std::int64_t job);

  // Takes one record out at once and for good: a tombstone with its id alone is left, its raw source and what reports say
  // of it are wiped (overwritten on the disk), and no harvest brings it back, under whatever remote id, until it is
  // released. A removed record can be withdrawn too; one that is withdrawn stays so. not_found.
  Result<void> withdraw(std::string_view record_id);
  // The next harvest that meets it brings it back under its id. conflict: it is not withdrawn.
  Result<void> release(std::string_view record_id);
  // Puts what the portal says of one live record today in its place, whether or not a job runs. Result: updated or
  // unchanged. cancelled: it was removed meanwhile, or bears another remote id.
  Result<harvest::RecordOutcome> put_again(std::string_view record_id, const Draft& draft);

  // Keeps the removed records of a job that are still within their grace period; a later run that does not see them
  // either asks a person. conflict: there are none. Result: the job as it then stands.
  Result<harvest::HarvestJob> undo(std::int64_t job);
  // Removes the records whose grace is over. Result: how many.
  Result<std::uint64_t> remove_departed();
  Result<std::optional<Instant>> next_departure() const;

  // Keeps what a preview found, in place of what stood under its id; expired ones are forgotten.
  Result<void> put_plan(const harvest::Plan& plan);
  // Plans whose previews a former process did not end.
  Result<void> forget_unfinished_plans();

  // Every live record of a source, about 300 bytes each; none for an unknown source.
  Result<std::vector<KnownRecord>> known(std::string_view source_id) const;

  // Live records of a source with row > after, with what they were made of.
  Result<std::vector<StoredRaw>> raws_after(std::string_view source_id, std::uint64_t after, std::size_t limit) const;
  // Puts what today's mapping makes of stored raw records in place of what stands (`draft.remote_id` names it); unknown
  // ones are left out. conflict: a job of the source runs. Result: updated and unchanged.
  Result<harvest::Counts> remap(std::string_view source_id, const std::vector<Draft>& drafts);

  // A person's word on two live records: that they are two things (they will stand in no common family, whatever they share), or
  // that this was a mistake. It is kept for as long as both are known. not_found; invalid_input: one record twice.
  Result<void> keep_apart(std::string_view id, std::string_view other, bool apart);

  // Forgets reports, tombstones and plans that passed their retention. A tombstone stays, however old, while an older change
  // than its own stands in the log: so a reader that replays the log from 0 never falls out of it on the way.
  Result<void> forget_old();

 private:
  Ledger& ledger_;
  Vault& vault_;
  const Options options_;
};

}  // namespace moisson::store
