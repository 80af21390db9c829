// Rows of the tables as the values of include/moisson and store.h, and back. Column lists are SQL texts for literals
// that are built once; each from_row reads its list from column `first` on.
#pragma once

#include "store/run.h"
#include "store/sqlite.h"
#include "store/store.h"

#include <moisson/dcat/finding.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>
#include <moisson/harvest/source.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

inline constexpr std::string_view from_records =
    " FROM record r JOIN source o ON o.key = r.source LEFT JOIN sighting s ON s.row = r.row ";
inline constexpr std::string_view record_columns =
    "r.row, r.id, r.family_id, o.id, r.remote_id, r.remote_url, r.json, r.content_hash, r.mapping_version, r.seq, "
    "r.first_seen, ifnull(s.at, r.first_seen), r.last_changed, ifnull(s.job, 0), s.popularity, "
    "r.trail, CASE WHEN r.family_id = r.id THEN r.row ELSE (SELECT f.row FROM record f WHERE f.id = r.family_id) END";
inline constexpr int record_width = 17;
StoredRecord record_from(const sqlite::Query& row, int first = 0);

// Live records with row > after, by row.
std::vector<StoredRecord> read_records_after(sqlite::Database& database, std::uint64_t after, std::size_t limit);

// What a live record came from; none: there is no live record of this id. corrupt.
Result<std::optional<harvest::RawSource>> read_raw(sqlite::Database& database, std::string_view id);

// Adds at most `limit` rows of a query that asks for one more and gives the number of each in its first column: add(number).
// Result: the last number, if there are more; else 0.
template <class Add>
std::uint64_t read_page(sqlite::Query& query, std::size_t limit, const Add& add) {
  std::uint64_t last = 0;
  for (std::size_t read = 0; query.next(); ++read) {
    if (read == limit) return last;
    add(last = query.number(0));
  }
  return 0;
}

// A trail as its column keeps it, and back.
std::string trail_text(const std::vector<std::string>& trail);
std::vector<std::string> trail_from(std::string_view text);

// Of "record r JOIN raw w ON w.row = r.row". corrupt.
inline constexpr std::string_view stored_raw_columns =
    "r.row, r.remote_id, r.remote_url, w.media_type, w.bytes, w.page_url, w.pointer, w.size";
Result<std::vector<StoredRaw>> stored_raws(sqlite::Query& query);

// Of "job j JOIN source o ON o.key = j.source".
inline constexpr std::string_view job_columns =
    "j.id, o.id, j.outcome, j.created, j.updated, j.unchanged, j.moved, j.skipped, j.failed, j.removed, j.pages, "
    "j.announced, j.removals_waiting, j.started, j.ended, j.error_code, j.error_message, j.error_where, j.error_hint, "
    "j.remarks, j.whole, j.error_cause, j.heartbeat, j.plan, "
    "(SELECT count(*) FROM departure d WHERE d.job = j.id AND d.leaves IS NOT NULL), "
    "(SELECT min(d.leaves) FROM departure d WHERE d.job = j.id)";
harvest::HarvestJob job_from(const sqlite::Query& row, int first = 0);

// Of "source o".
inline constexpr std::string_view source_columns =
    "o.id, o.title, o.kind, o.url, o.schedule, o.timezone, o.language, o.territory, o.options, o.state, o.configured, "
    "o.private_networks, o.records, o.registered, o.next_run, o.grace_h, o.run_window, o.blackout, o.comment, "
    "o.failures";
SourceStatus source_from(const sqlite::Query& row);  // without its jobs

// Of "job_record".
inline constexpr std::string_view job_record_columns =
    "outcome, remote_id, record_id, title, cause, place, message, hint";
harvest::JobRecord job_record_from(const sqlite::Query& row, int first = 0);

std::string findings_json(const std::vector<dcat::Finding>& findings);
std::vector<dcat::Finding> findings_from(std::string_view json);
std::string identity_json(const std::vector<dcat::IdentityKey>& keys);
std::vector<dcat::IdentityKey> identity_from(std::string_view json);
std::string options_json(const std::map<std::string, std::string>& options);

// The word of a code, as it is stored, and back.
ErrorCode error_code_from(std::string_view word);

}  // namespace moisson::store
