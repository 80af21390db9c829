#include "store/departures.h"

namespace moisson::store {

std::vector<LiveRow> live_rows(sqlite::Query& query) {
  std::vector<LiveRow> rows;
  while (query.next()) rows.push_back({query.number(0), query.number(1), query.string(2), query.string(3)});
  return rows;
}

void Departures::put(std::uint64_t row, std::int64_t job, Instant leaves) {
  database_.run("INSERT OR REPLACE INTO departure (row, job, leaves) VALUES (?, ?, ?)", row, job, leaves);
}

void Departures::forget(std::uint64_t row) { database_.run("DELETE FROM departure WHERE row = ?", row); }

std::uint64_t Departures::keep(std::int64_t job) {
  return database_.run("UPDATE departure SET leaves = NULL WHERE job = ? AND leaves IS NOT NULL", job);
}

Departures::Due Departures::due(Instant now, std::size_t limit) {
  Due due;
  auto query = database_.query(
      "SELECT r.source, o.id, r.row, r.seq, r.id, r.remote_id FROM departure d JOIN record r ON r.row = d.row "
      "JOIN source o ON o.key = r.source WHERE d.leaves <= ? AND r.source NOT IN (SELECT source FROM lease) "
      "ORDER BY r.source LIMIT ?",
      now, limit);
  while (query.next()) {
    if (due.source != 0 && due.source != query.integer(0)) break;
    due.source = query.integer(0);
    due.source_id = query.string(1);
    due.rows.push_back({query.number(2), query.number(3), query.string(4), query.string(5)});
  }
  return due;
}

std::optional<Instant> Departures::next() {
  auto query = database_.query("SELECT min(leaves) FROM departure");
  return query.next() ? query.optional_instant(0) : std::nullopt;
}

}  // namespace moisson::store
