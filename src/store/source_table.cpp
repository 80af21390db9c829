#include "store/source_table.h"

#include "store/job_table.h"
#include "store/rows.h"

namespace moisson::store {
namespace {

Error no_source(std::string_view id) {
  return Error{ErrorCode::not_found, "there is no source " + std::string(id), "", ""};
}

}  // namespace

std::optional<std::int64_t> SourceTable::key(std::string_view id) {
  auto query = database_.query("SELECT key FROM source WHERE id = ?", id);
  if (!query.next()) return std::nullopt;
  return query.integer(0);
}

Result<std::int64_t> SourceTable::free_key(std::string_view id) {
  const auto found = key(id);
  if (!found) return no_source(id);
  auto lease = database_.query("SELECT job FROM lease WHERE source = ?", *found);
  if (lease.next())
    return Error{ErrorCode::conflict, "job " + std::to_string(lease.integer(0)) + " of this source is running",
                 std::string(id), "wait for it, or stop it"};
  return *found;
}

void SourceTable::add_jobs(SourceStatus& status) {
  auto last = JobTable(database_).newest(status.source.id, 1, 0);
  if (!last.empty()) status.last_job = std::move(last.front());
  auto query = database_.query(
      "SELECT j.ended FROM job j JOIN source o ON o.key = j.source WHERE o.id = ? "
      "AND j.outcome IN ('succeeded', 'nothing_changed') ORDER BY j.id DESC LIMIT 1",
      status.source.id);
  if (query.next()) status.last_success = query.optional_instant(0);
}

std::vector<SourceStatus> SourceTable::all() {
  static const std::string sql = "SELECT " + std::string(source_columns) + " FROM source o ORDER BY o.title, o.id";
  std::vector<SourceStatus> sources;
  {
    auto query = database_.query(sql);
    while (query.next()) sources.push_back(source_from(query));
  }
  for (auto& status : sources) add_jobs(status);
  return sources;
}

Result<SourceStatus> SourceTable::find(std::string_view id) {
  static const std::string sql = "SELECT " + std::string(source_columns) + " FROM source o WHERE o.id = ?";
  std::optional<SourceStatus> status;
  {
    auto query = database_.query(sql, id);
    if (query.next()) status = source_from(query);
  }
  if (!status) return no_source(id);
  add_jobs(*status);
  return std::move(*status);
}

std::vector<Appointment> SourceTable::appointments() {
  std::vector<Appointment> found;
  auto query = database_.query(
      "SELECT o.id, o.url, o.timezone, o.run_window, o.blackout, o.state, o.next_run, "
      "EXISTS (SELECT 1 FROM lease l WHERE l.source = o.key) FROM source o ORDER BY o.id");
  while (query.next())
    found.push_back({query.string(0), query.string(1), query.string(2), query.string(3), query.string(4),
                     harvest::source_state(query.text(5)).value_or(harvest::SourceState::paused),
                     query.optional_instant(6), query.integer(7) != 0});
  return found;
}

void SourceTable::put(const harvest::HarvestSource& source, Instant now) {
  const std::string options = options_json(source.options);
  const bool configured = source.origin == harvest::SourceOrigin::configuration;
  database_.run(
      "INSERT INTO source (id, title, kind, url, schedule, timezone, language, territory, options, state, "
      "configured, "
      "private_networks, grace_h, run_window, blackout, comment, registered) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
      "title = excluded.title, kind = excluded.kind, url = excluded.url, schedule = excluded.schedule, "
      "timezone = excluded.timezone, language = excluded.language, territory = excluded.territory, "
      "options = excluded.options, state = excluded.state, configured = excluded.configured, "
      "private_networks = excluded.private_networks, grace_h = excluded.grace_h, run_window = excluded.run_window, "
      "blackout = excluded.blackout, comment = excluded.comment",
      source.id, source.title, source.kind, source.url, source.schedule, source.timezone, source.language,
      source.territory, options, harvest::to_string(source.state), configured, source.private_networks,
      source.grace.count(), source.window, source.blackout, source.comment, now);
}

Result<void> SourceTable::set_state(std::string_view id, harvest::SourceState state) {
  if (database_.run("UPDATE source SET state = ? WHERE id = ?", harvest::to_string(state), id) == 0)
    return no_source(id);
  return {};
}

Result<void> SourceTable::set_next_run(std::string_view id, std::optional<Instant> next_run) {
  if (database_.run("UPDATE source SET next_run = ? WHERE id = ?", next_run, id) == 0) return no_source(id);
  return {};
}

Result<void> SourceTable::put_secret(std::string_view id, std::string_view name, std::string_view sealed) {
  const auto found = key(id);
  if (!found) return no_source(id);
  if (sealed.empty())
    database_.run("DELETE FROM secret WHERE source = ? AND name = ?", *found, name);
  else
    database_.run("INSERT OR REPLACE INTO secret (source, name, sealed) VALUES (?, ?, ?)", *found, name,
                  sqlite::Blob{sealed});
  return {};
}

std::map<std::string, std::string> SourceTable::secrets(std::string_view id) {
  std::map<std::string, std::string> found;
  auto query =
      database_.query("SELECT e.name, e.sealed FROM secret e JOIN source o ON o.key = e.source WHERE o.id = ?", id);
  while (query.next()) found.emplace(query.string(0), query.string(1));
  return found;
}

std::vector<std::string> SourceTable::secret_names(std::string_view id) {
  std::vector<std::string> names;
  auto query = database_.query(
      "SELECT e.name FROM secret e JOIN source o ON o.key = e.source WHERE o.id = ? ORDER BY e.name", id);
  while (query.next()) names.push_back(query.string(0));
  return names;
}

}  // namespace moisson::store
