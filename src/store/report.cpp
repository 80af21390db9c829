#include "store/report.h"

#include "core/compress.h"
#include "store/rows.h"

#include <string>

namespace moisson::store {
namespace {

constexpr std::int64_t most_raws = 1'000;  // of one job

}  // namespace

std::int64_t Report::add(const harvest::JobRecord& record) {
  if (last_ < 0) {
    auto query = database_.query("SELECT ifnull(max(n), 0) FROM job_record WHERE job = ?", job_);
    last_ = query.next() ? query.integer(0) : 0;
  }
  database_.run(
      "INSERT INTO job_record (job, n, outcome, remote_id, record_id, title, cause, place, message, hint) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      job_, ++last_, harvest::to_string(record.outcome), record.remote_id, record.record_id, record.title, record.cause,
      record.place, record.message, record.hint);
  return last_;
}

void Report::keep_raw(std::int64_t number, const harvest::RawSource& raw) {
  if (raws_ < 0) {
    auto query = database_.query("SELECT count(*) FROM job_raw WHERE job = ?", job_);
    raws_ = query.next() ? query.integer(0) : 0;
  }
  if (raws_ >= most_raws || raw.bytes.empty()) return;
  ++raws_;
  const std::string bytes = zstd_compress(raw.bytes);
  database_.run(
      "INSERT OR REPLACE INTO job_raw (job, n, media_type, page_url, pointer, size, bytes) VALUES (?, ?, ?, ?, ?, ?, "
      "?)",
      job_, number, raw.media_type, raw.page_url, raw.pointer, raw.bytes.size(), sqlite::Blob{bytes});
}

Store::JobRecordPage Report::after(std::uint64_t number, std::optional<harvest::RecordOutcome> outcome,
                                   std::size_t limit) {
  static const std::string all =
      "SELECT n, " + std::string(job_record_columns) + " FROM job_record WHERE job = ? AND n > ? ORDER BY n LIMIT ?";
  static const std::string of_outcome = "SELECT n, " + std::string(job_record_columns) +
                                        " FROM job_record WHERE job = ? AND outcome = ? AND n > ? ORDER BY n LIMIT ?";
  const auto word = outcome ? harvest::to_string(*outcome) : std::string_view{};
  auto query = outcome ? database_.query(of_outcome, job_, word, number, limit + 1)
                       : database_.query(all, job_, number, limit + 1);
  Store::JobRecordPage page;
  page.next = read_page(query, limit, [&](std::uint64_t n) {
    page.numbers.push_back(n);
    page.rows.push_back(job_record_from(query, 1));
  });
  return page;
}

Result<Store::JobRecordEntry> Report::find(std::uint64_t number) {
  static const std::string sql =
      "SELECT " + std::string(job_record_columns) + " FROM job_record WHERE job = ? AND n = ?";
  Store::JobRecordEntry entry;
  {
    auto query = database_.query(sql, job_, number);
    if (!query.next()) return Error{ErrorCode::not_found, "there is no row " + std::to_string(number), "", ""};
    entry.record = job_record_from(query);
  }
  auto query = database_.query("SELECT media_type, bytes, page_url, pointer, size FROM job_raw WHERE job = ? AND n = ?",
                               job_, number);
  if (!query.next()) return entry;
  auto bytes = zstd_decompress(query.text(1), query.number(4));
  if (bytes.has_error()) return bytes.error();
  entry.raw = harvest::RawSource{query.string(0), std::move(*bytes), query.string(2), query.string(3)};
  return entry;
}

}  // namespace moisson::store
