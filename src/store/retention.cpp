#include "store/retention.h"

#include "store/plan_table.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace moisson::store {

void forget_old(sqlite::Database& database, const Options& options, Instant now) {
  const std::string_view old_jobs =
      "(SELECT j.id FROM job j WHERE j.ended < ?1 AND j.removals_waiting = 0 AND j.id < "
      "(SELECT max(k.id) FROM job k WHERE k.source = j.source))";
  static const std::string forget_reports = "DELETE FROM job_record WHERE job IN " + std::string(old_jobs);
  static const std::string forget_raws = "DELETE FROM job_raw WHERE job IN " + std::string(old_jobs);
  static const std::string forget_jobs = "DELETE FROM job WHERE id IN " + std::string(old_jobs);
  database.run(forget_raws, now - options.report_retention);
  database.run(forget_reports, now - options.report_retention);
  database.run(forget_jobs, now - options.report_retention);

  PlanTable(database).forget_expired(now);

  std::vector<std::pair<std::uint64_t, std::uint64_t>> forgotten;  // seq, row
  {
    auto query = database.query(
        "SELECT seq, row FROM change_log WHERE removed AND at < ? AND seq < "
        "ifnull((SELECT min(seq) FROM change_log WHERE NOT removed), 9223372036854775807)",
        now - options.tombstone_retention);
    while (query.next()) forgotten.emplace_back(query.number(0), query.number(1));
  }
  std::uint64_t floor = 0;
  for (const auto& [seq, row] : forgotten) {
    database.run("DELETE FROM change_log WHERE seq = ?", seq);
    database.run("DELETE FROM sighting WHERE row = ?", row);
    database.run("DELETE FROM removal WHERE row = ?", row);
    database.run("DELETE FROM departure WHERE row = ?", row);
    database.run("DELETE FROM separation WHERE one = ?1 OR other = ?1", row);
    database.run("DELETE FROM record WHERE row = ?", row);
    floor = std::max(floor, seq);
  }
  if (floor > 0) database.run("UPDATE counter SET value = max(value, ?) WHERE name = 'log_floor'", floor);
}

}  // namespace moisson::store
