#include "store/rows.h"

#include "core/compress.h"
#include "core/json.h"

#include <array>

namespace moisson::store {
namespace {

std::map<std::string, std::string> options_from(std::string_view json) {
  std::map<std::string, std::string> options;
  const auto document = json::Document::parse(json);
  if (document.has_error()) return options;
  const json::View root = document->root();
  for (std::size_t i = 0; i < root.size(); ++i) options.emplace(root.key(i), root.member(i).text());
  return options;
}

}  // namespace

StoredRecord record_from(const sqlite::Query& row, int first) {
  StoredRecord record;
  record.row = row.number(first);
  record.id = row.string(first + 1);
  record.family_id = row.string(first + 2);
  record.source_id = row.string(first + 3);
  record.remote_id = row.string(first + 4);
  record.remote_url = row.string(first + 5);
  record.json = row.string(first + 6);
  record.content_hash = row.string(first + 7);
  record.mapping_version = static_cast<int>(row.integer(first + 8));
  record.seq = row.number(first + 9);
  record.first_seen = row.instant(first + 10);
  record.last_seen = row.instant(first + 11);
  record.last_changed = row.instant(first + 12);
  record.last_job = row.integer(first + 13);
  if (!row.is_null(first + 14)) record.popularity = row.number(first + 14);
  record.trail = trail_from(row.text(first + 15));
  record.family_row = row.number(first + 16);
  return record;
}

std::vector<StoredRecord> read_records_after(sqlite::Database& database, std::uint64_t after, std::size_t limit) {
  static const std::string sql = "SELECT " + std::string(record_columns) + std::string(from_records) +
                                 "WHERE r.row > ? AND r.removed_at IS NULL ORDER BY r.row LIMIT ?";
  std::vector<StoredRecord> records;
  auto query = database.query(sql, after, limit);
  while (query.next()) records.push_back(record_from(query));
  return records;
}

Result<std::optional<harvest::RawSource>> read_raw(sqlite::Database& database, std::string_view id) {
  auto query = database.query(
      "SELECT w.media_type, w.bytes, w.page_url, w.pointer, w.size FROM record r JOIN raw w ON w.row = r.row "
      "WHERE r.id = ? AND r.removed_at IS NULL",
      id);
  if (!query.next()) return std::optional<harvest::RawSource>();
  auto bytes = zstd_decompress(query.text(1), query.number(4));
  if (bytes.has_error()) return bytes.error();
  return std::optional(harvest::RawSource{query.string(0), std::move(*bytes), query.string(2), query.string(3)});
}

Result<std::vector<StoredRaw>> stored_raws(sqlite::Query& query) {
  std::vector<StoredRaw> raws;
  while (query.next()) {
    auto bytes = zstd_decompress(query.text(4), query.number(7));
    if (bytes.has_error()) return bytes.error();
    raws.push_back({query.number(0),
                    query.string(1),
                    query.string(2),
                    {query.string(3), std::move(*bytes), query.string(5), query.string(6)}});
  }
  return raws;
}

harvest::HarvestJob job_from(const sqlite::Query& row, int first) {
  harvest::HarvestJob job;
  job.id = row.integer(first);
  job.source_id = row.string(first + 1);
  job.outcome = harvest::job_outcome(row.text(first + 2)).value_or(harvest::JobOutcome::failed);
  job.counts = {row.number(first + 3), row.number(first + 4), row.number(first + 5), row.number(first + 6),
                row.number(first + 7), row.number(first + 8), row.number(first + 9)};
  job.pages = row.number(first + 10);
  job.announced = row.number(first + 11);
  job.removals_waiting = row.number(first + 12);
  job.started = row.instant(first + 13);
  job.ended = row.optional_instant(first + 14);
  if (!row.is_null(first + 15))
    job.error = Error{error_code_from(row.text(first + 15)), row.string(first + 16), row.string(first + 17),
                      row.string(first + 18), row.string(first + 21)};
  job.remarks = findings_from(row.text(first + 19));
  job.full = row.integer(first + 20) != 0;
  job.heartbeat = row.optional_instant(first + 22);
  job.plan = row.string(first + 23);
  job.removals_leaving = row.number(first + 24);
  job.leaving = row.optional_instant(first + 25);
  return job;
}

SourceStatus source_from(const sqlite::Query& row) {
  SourceStatus status;
  auto& source = status.source;
  source.id = row.string(0);
  source.title = row.string(1);
  source.kind = row.string(2);
  source.url = row.string(3);
  source.schedule = row.string(4);
  source.timezone = row.string(5);
  source.language = row.string(6);
  source.territory = row.string(7);
  source.options = options_from(row.text(8));
  source.state = harvest::source_state(row.text(9)).value_or(harvest::SourceState::paused);
  source.origin = row.integer(10) != 0 ? harvest::SourceOrigin::configuration : harvest::SourceOrigin::operators;
  source.private_networks = row.integer(11) != 0;
  status.records = row.number(12);
  status.registered = row.instant(13);
  status.next_run = row.optional_instant(14);
  source.grace = std::chrono::hours(row.integer(15));
  source.window = row.string(16);
  source.blackout = row.string(17);
  source.comment = row.string(18);
  status.failures = row.number(19);
  return status;
}

harvest::JobRecord job_record_from(const sqlite::Query& row, int first) {
  harvest::JobRecord record;
  record.outcome = harvest::record_outcome(row.text(first)).value_or(harvest::RecordOutcome::failed);
  record.remote_id = row.string(first + 1);
  record.record_id = row.string(first + 2);
  record.title = row.string(first + 3);
  record.cause = row.string(first + 4);
  record.place = row.string(first + 5);
  record.message = row.string(first + 6);
  record.hint = row.string(first + 7);
  return record;
}

std::string trail_text(const std::vector<std::string>& trail) {
  std::string text;
  for (const std::string& place : trail) (text += place) += '\n';
  return text;
}

std::vector<std::string> trail_from(std::string_view text) {
  std::vector<std::string> trail;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
    trail.emplace_back(text.substr(0, end));
  return trail;
}

std::string findings_json(const std::vector<dcat::Finding>& findings) {
  if (findings.empty()) return "[]";
  json::Writer writer;
  writer.begin_array();
  for (const auto& finding : findings) {
    writer.begin_object();
    writer.field("cause", finding.cause).field("place", finding.place);
    writer.field("message", finding.message).field("hint", finding.hint).end_object();
  }
  writer.end_array();
  return writer.take();
}

std::vector<dcat::Finding> findings_from(std::string_view json) {
  std::vector<dcat::Finding> findings;
  if (json == "[]") return findings;
  const auto document = json::Document::parse(json);
  if (document.has_error()) return findings;
  for (const json::View item : document->root().items())
    findings.push_back({item["cause"].text(), item["place"].text(), item["message"].text(), item["hint"].text()});
  return findings;
}

std::string identity_json(const std::vector<dcat::IdentityKey>& keys) {
  json::Writer writer;
  writer.begin_array();
  for (const auto& key : keys)
    writer.begin_object().field("signal", to_string(key.signal)).field("value", key.value).end_object();
  writer.end_array();
  return writer.take();
}

std::vector<dcat::IdentityKey> identity_from(std::string_view json) {
  std::vector<dcat::IdentityKey> keys;
  const auto document = json::Document::parse(json);
  if (document.has_error()) return keys;
  for (const json::View item : document->root().items())
    if (const auto signal = dcat::signal(item["signal"].text()))
      keys.push_back({*signal, std::string(item["value"].text())});
  return keys;
}

std::string options_json(const std::map<std::string, std::string>& options) {
  json::Writer writer;
  writer.begin_object();
  for (const auto& [name, value] : options) writer.field(name, value);
  writer.end_object();
  return writer.take();
}

ErrorCode error_code_from(std::string_view word) {
  static constexpr std::array codes{ErrorCode::invalid_input, ErrorCode::not_found,   ErrorCode::conflict,
                                    ErrorCode::too_large,     ErrorCode::refused,     ErrorCode::unreachable,
                                    ErrorCode::timeout,       ErrorCode::unsupported, ErrorCode::io,
                                    ErrorCode::corrupt,       ErrorCode::cancelled};
  for (const ErrorCode code : codes)
    if (to_string(code) == word) return code;
  return ErrorCode::internal;
}

}  // namespace moisson::store
