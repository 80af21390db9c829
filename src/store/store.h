// Store: the one truth. SQLite (WAL, synchronous=FULL) behind this header and nowhere else.
// Thread-safe: reads take a pooled read connection and see the last commit; writes go one at a time through the one
// write connection (src/store/writer.h), in BEGIN IMMEDIATE transactions that are never open across a fetch.
// Every change of a record takes the next `seq` of the change log, from a counter that never goes back.
#pragma once

#include "dcat/family.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>
#include <moisson/harvest/plan.h>
#include <moisson/harvest/source.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

// A record row without its raw source.
struct StoredRecord {
  std::uint64_t row = 0;         // immutable row id: the index's document id, the cursor of those who read everything
  std::string id;                // UUID, minted once
  std::string family_id;         // id of the record that leads its family: its own where it leads, or stands alone
  std::uint64_t family_row = 0;  // that record's row
  std::string source_id;
  std::string remote_id;
  std::string remote_url;
  std::string json;  // canonical JSON (dcat/canonical_json.h)
  std::string content_hash;
  int mapping_version = 0;
  std::uint64_t seq = 0;  // of its last change
  Instant first_seen{};
  Instant last_seen{};  // beside the hash: moves without a change
  Instant last_changed{};
  std::int64_t last_job = 0;  // that saw it last
  std::optional<std::uint64_t> popularity;
  std::vector<std::string> trail;  // harvested_record.h
};

// One entry of the change log: a record stands in it once, at its latest seq; a removed one is a tombstone.
struct Change {
  std::uint64_t seq = 0;
  std::uint64_t row = 0;
  std::string id;
  bool removed = false;
  Instant at{};
  std::optional<StoredRecord> record;  // if asked for, and not removed
};

struct ChangePage {
  std::string epoch;
  std::vector<Change> changes;  // by seq
  std::uint64_t last_seq = 0;   // to ask for next
  bool more = false;
};

// A source with what is known of it.
struct SourceStatus {
  harvest::HarvestSource source;
  std::uint64_t records = 0;
  Instant registered{};
  std::optional<Instant> next_run;
  std::uint64_t failures = 0;  // runs in a row that failed; more than one: next_run waits longer than the schedule says
  std::optional<harvest::HarvestJob> last_job;  // the latest, running or ended
  std::optional<Instant> last_success;          // end of the last succeeded or nothing_changed job
};

// How a record stands, whether it lives or not.
struct Standing {
  std::string source_id;
  std::optional<Instant> removed;    // nothing: it lives
  std::optional<Instant> withdrawn;  // a person took it out
  bool released = false;             // and a harvest may bring it back
};

struct Options {
  std::filesystem::path path;  // of the SQLite file; the key of the secrets is "<path>.key"
  std::chrono::hours tombstone_retention{24 * 365};
  std::chrono::hours report_retention{24 * 365};
};

// Where a live record is found, and when it changed last.
struct Address {
  std::uint64_t row = 0;
  std::string id;
  Instant last_changed{};
};

// Live records whose rows stand together: of block n, those with n * size < row <= (n + 1) * size.
struct AddressBlock {
  std::uint64_t number = 0;
  Instant last_changed{};  // the latest
};

// What decides when a source is read next: all that a scheduler looks at, many times an hour.
struct Appointment {
  std::string source_id;
  std::string url;
  std::string timezone, window, blackout;
  harvest::SourceState state{};
  std::optional<Instant> next_run;
  bool left_running = false;  // its last job has not ended
};

// A record of a family, as another one of it sees it.
struct FamilyCopy {
  std::string id;
  std::string source_id;
  std::string source_title;
  std::string remote_url;
  bool leads = false;
  // The keys below are shared with the record that was asked for; else with another copy.
  bool direct = false;
  std::vector<dcat::SharedKey> why;  // `mine` is where the asked record, or that other copy, bears the key
};

class AuditLog;
class Outbox;
class People;
class Reading;
class UsageBook;
class Writer;

class Store {
 public:
  // Opens or creates the file and brings its schema up to date. io, corrupt, or unsupported (a newer schema).
  static Result<std::unique_ptr<Store>> open(const Options& options, const Clock& clock);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // A random id of this store's history; a restore from backup makes a new one (`moisson` notices by itself: writer.h).
  std::string epoch() const;
  std::uint64_t last_seq() const;

  // Blocks until last_seq() > seq, `timeout` passed or interrupt() was called. Result: last_seq().
  std::uint64_t wait_for_change(std::uint64_t seq, std::chrono::milliseconds timeout) const;
  void interrupt();

  // Changes after `since`, at most `limit` (1 to 5,000); with records the page ends once they pass 16 MiB. not_found:
  // `since` is older than the log keeps, or ahead of it.
  Result<ChangePage> changes(std::uint64_t since, std::size_t limit, bool with_records) const;

  // A live record. not_found: never seen. cancelled: it was here and is removed (HTTP 410).
  Result<StoredRecord> record(std::string_view id) const;
  Result<harvest::RawSource> raw(std::string_view id) const;
  // How a record stands, one that is gone too. not_found: never seen.
  Result<Standing> standing(std::string_view id) const;
  // The other records of the family of a live record, its leader first, then by row; none if it stands alone. As record().
  Result<std::vector<FamilyCopy>> family(std::string_view id) const;
  // The ids of live records that a person keeps apart from this one, by id.
  Result<std::vector<std::string>> separated_from(std::string_view id) const;
  // When each of these rows was last seen at its source; nothing for a row that is not there.
  Result<std::vector<std::optional<Instant>>> last_seen(std::span<const std::uint64_t> rows) const;
  // Live records with row > after, by row.
  Result<std::vector<StoredRecord>> records_after(std::uint64_t after, std::size_t limit) const;
  Result<std::uint64_t> record_count() const;

  // The last commit, held for a whole pass over the records (src/store/reading.h).
  Result<std::unique_ptr<Reading>> reading() const;

  // Of live records with after < row <= through, by row.
  Result<std::vector<Address>> addresses(std::uint64_t after, std::uint64_t through, std::size_t limit) const;
  Result<std::vector<AddressBlock>> address_blocks(std::uint64_t size) const;  // by number; only those with records

  Result<std::vector<SourceStatus>> sources() const;  // by title
  Result<SourceStatus> source(std::string_view id) const;
  // Of the last `limit` jobs of each source that ended, by source, the oldest first: records created, updated or moved.
  Result<std::map<std::string, std::vector<std::uint64_t>, std::less<>>> recent_changes(std::size_t limit) const;
  Result<std::vector<Appointment>> appointments() const;  // of every source, by id
  Result<std::vector<std::string>> secret_names(std::string_view source_id) const;

  // Newest first, with id < before (0: from the newest); of every source if `source_id` is empty.
  Result<std::vector<harvest::HarvestJob>> jobs(std::string_view source_id, std::size_t limit,
                                                std::int64_t before = 0) const;
  Result<harvest::HarvestJob> job(std::int64_t id) const;
  // The removals of a held job that wait, after place `after` (0: from the start), as rows of a report.
  struct JobRecordPage {
    std::vector<harvest::JobRecord> rows;
    std::vector<std::uint64_t> numbers;  // of the rows
    std::uint64_t next = 0;              // 0: no more
  };
  Result<JobRecordPage> removals(std::int64_t job, std::uint64_t after, std::size_t limit) const;
  // What a preview found, without its records; and its records after number `after` (0: from the start). not_found: there is
  // none, or it has expired.
  Result<harvest::Plan> plan(std::string_view id) const;
  struct PlanPage {
    std::vector<harvest::PlannedRecord> rows;
    std::uint64_t next = 0;  // 0: no more
  };
  Result<PlanPage> plan_records(std::string_view id, std::optional<harvest::RecordOutcome> outcome, std::uint64_t after,
                                std::size_t limit) const;
  // Rows of a job's report after row number `after` (0: from the start), in order; `outcome` empty: all.
  Result<JobRecordPage> job_records(std::int64_t job, std::optional<harvest::RecordOutcome> outcome,
                                    std::uint64_t after, std::size_t limit) const;
  // One row of a report, with what there was of a record that failed, if that was kept. not_found.
  struct JobRecordEntry {
    harvest::JobRecord record;
    std::optional<harvest::RawSource> raw;
  };
  Result<JobRecordEntry> job_record(std::int64_t job, std::uint64_t number) const;

  // What became of each property of a source's records, as the last job that mapped any of them told.
  struct Mapping {
    std::int64_t job = 0;  // 0: none yet
    std::vector<dcat::PropertyTally> tallies;
  };
  Result<Mapping> mapping(std::string_view source_id) const;

  Writer& writer();  // the write side; harvest and app only

  People& people();                // who may sign in (people.h)
  AuditLog& audit();               // what was done (audit_log.h)
  Outbox& outbox();                // who is told of what (outbox.h)
  const UsageBook& usage() const;  // what the site was used for
  UsageBook& usage();

 private:
  Store();
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::store
