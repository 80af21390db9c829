#include "store/withdrawals.h"

#include "core/hash.h"
#include "store/plan_table.h"
#include "store/rows.h"

#include <array>
#include <utility>
#include <vector>

namespace moisson::store {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool names_any(std::string_view text, const Traces& traces) {
  return names(text, traces.id) || names(text, traces.remote_id) || names(text, traces.remote_url) ||
         names(text, traces.title);
}

// What jobs of the source remarked, and why they ended.
void erase_remarks(sqlite::Database& database, const Traces& traces) {
  std::vector<std::pair<std::int64_t, std::string>> mended;
  std::vector<std::int64_t> errors;
  {
    auto query = database.query("SELECT id, remarks, error_message, error_where, error_hint FROM job WHERE source = ?",
                                traces.source);
    while (query.next()) {
      auto remarks = findings_from(query.text(1));
      const auto told = std::erase_if(remarks, [&](const dcat::Finding& remark) {
        return names_any(remark.place, traces) || names_any(remark.message, traces) || names_any(remark.hint, traces);
      });
      if (told > 0) mended.emplace_back(query.integer(0), findings_json(remarks));
      if (names_any(query.text(2), traces) || names_any(query.text(3), traces) || names_any(query.text(4), traces))
        errors.push_back(query.integer(0));
    }
  }
  for (const auto& [job, remarks] : mended) database.run("UPDATE job SET remarks = ? WHERE id = ?", remarks, job);
  for (const std::int64_t job : errors)
    database.run("UPDATE job SET error_message = '', error_where = '', error_hint = '' WHERE id = ?", job);
}

}  // namespace

bool names(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const auto end = at + name.size();
    const bool begins = at == 0 || !is_word(text[at - 1]) || !is_word(name.front());
    const bool ends = end == text.size() || !is_word(text[end]) || !is_word(name.back());
    if (begins && ends) return true;
  }
  return false;
}

bool Withdrawals::any() {
  if (!any_) any_ = database_.query("SELECT 1 FROM withdrawal WHERE source = ? LIMIT 1", source_).next();
  return *any_;
}

std::string Withdrawals::hash(std::string_view remote_id) {
  auto query = database_.query("SELECT value FROM setting WHERE name = 'withdrawal_salt'");
  const std::string salt = query.next() ? query.string(0) : std::string();
  return sha256_hex(salt + '\n' + std::to_string(source_) + '\n' + std::string(remote_id));
}

std::optional<Withdrawals::Entry> Withdrawals::find(std::string_view remote_id) {
  if (!any()) return std::nullopt;
  const std::string hashed = hash(remote_id);
  auto query = database_.query("SELECT record_id, released FROM withdrawal WHERE source = ? AND remote_hash = ?",
                               source_, hashed);
  if (!query.next()) return std::nullopt;
  return Entry{query.string(0), query.integer(1) != 0};
}

std::string Withdrawals::like(std::uint64_t fingerprint) {
  if (!any()) return {};
  auto query =
      database_.query("SELECT record_id FROM withdrawal WHERE source = ? AND fingerprint = ? AND NOT released LIMIT 1",
                      source_, fingerprint);
  return query.next() ? query.string(0) : std::string();
}

void Withdrawals::put(std::string_view record_id, std::string_view remote_id, std::uint64_t fingerprint, Instant now) {
  const std::string hashed = hash(remote_id);
  database_.run(
      "INSERT OR REPLACE INTO withdrawal (source, remote_hash, fingerprint, record_id, at) VALUES (?, ?, ?, ?, ?)",
      source_, hashed, fingerprint, record_id, now);
  any_ = true;
}

void Withdrawals::forget(std::string_view record_id) {
  database_.run("DELETE FROM withdrawal WHERE record_id = ?", record_id);
}

void erase_traces(sqlite::Database& database, const Traces& traces) {
  database.run(
      "DELETE FROM job_raw WHERE (job, n) IN (SELECT job, n FROM job_record WHERE job IN (SELECT id FROM job WHERE "
      "source = ?) "
      "AND (record_id = ? OR remote_id = ?))",
      traces.source, traces.id, traces.remote_id);
  database.run(
      "UPDATE job_record SET remote_id = '', record_id = ?1, title = '', place = '', message = '', hint = '' "
      "WHERE job IN (SELECT id FROM job WHERE source = ?2) AND (record_id = ?1 OR remote_id = ?3)",
      traces.id, traces.source, traces.remote_id);
  database.run("UPDATE mapping SET example = '', record = '' WHERE source = ? AND record = ?", traces.source,
               traces.remote_id);
  erase_remarks(database, traces);
  database.run(
      "DELETE FROM pending_move WHERE job IN (SELECT id FROM job WHERE source = ?) AND (remote_id = ? OR fingerprint = "
      "?)",
      traces.source, traces.remote_id, traces.fingerprint);
  // Whole plans of the source: their samples and changes quote records at length.
  PlanTable(database).forget_of_source(traces.source_id);
  database.run("DELETE FROM removal WHERE row = ?", traces.row);
  database.run("DELETE FROM sighting WHERE row = ?", traces.row);
}

}  // namespace moisson::store
