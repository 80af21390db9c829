#include "store/usage_book.h"

#include "store/ledger.h"

#include <algorithm>
#include <string>

namespace moisson::store {
namespace {

const std::string count_columns = "requests, searches, without_result, views, downloads";
const std::string summed_counts = "sum(requests), sum(searches), sum(without_result), sum(views), sum(downloads)";
const std::string add_counts =
    "requests = requests + excluded.requests, searches = searches + excluded.searches, "
    "without_result = without_result + excluded.without_result, views = views + excluded.views, "
    "downloads = downloads + excluded.downloads";

UsageCounts counts_from(const sqlite::Query& query, int column) {
  return {query.number(column), query.number(column + 1), query.number(column + 2), query.number(column + 3),
          query.number(column + 4)};
}

void add_hour(sqlite::Database& database, const UsageHour& hour) {
  static const std::string by_family = "INSERT INTO usage_hour (hour, family, " + count_columns +
                                       ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET " + add_counts;
  for (const ClientFamily family : client_families) {
    const UsageCounts& counts = hour.of(family);
    if (counts == UsageCounts{}) continue;
    database.run(by_family, hour.hour, to_string(family), counts.requests, counts.searches, counts.without_result,
                 counts.views, counts.downloads);
  }
  for (std::size_t n = 0; n < time_classes; ++n)
    if (hour.times[n] > 0)
      database.run(
          "INSERT INTO usage_time VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET searches = searches + excluded.searches",
          hour.hour, n, hour.times[n]);
}

std::vector<SubjectTotal> totals(sqlite::Query query) {
  std::vector<SubjectTotal> found;
  while (query.next()) found.push_back({query.string(0), query.number(1), query.number(2), query.instant(3)});
  return found;
}

}  // namespace

Result<void> UsageBook::add(const Usage& usage) {
  static const std::string of_client = "INSERT INTO usage_client (client, hour, " + count_columns +
                                       ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET " + add_counts;
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    for (const UsageHour& hour : usage.hours) add_hour(database, hour);
    for (const UsageSubject& subject : usage.subjects)
      database.run(
          "INSERT INTO usage_subject VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times, "
          "without_result = without_result + excluded.without_result",
          to_string(subject.kind), subject.day, subject.subject, subject.times, subject.without_result);
    for (const ClientHour& client : usage.clients)
      database.run(of_client, client.client, client.hour, client.counts.requests, client.counts.searches,
                   client.counts.without_result, client.counts.views, client.counts.downloads);
    return {};
  });
}

Result<std::vector<UsageHour>> UsageBook::hours(Instant from, Instant to) const {
  static const std::string by_family =
      "SELECT hour, family, " + count_columns + " FROM usage_hour WHERE hour >= ? AND hour < ? ORDER BY hour";
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<UsageHour>> {
    std::vector<UsageHour> hours;
    {
      auto query = database.query(by_family, from, to);
      while (query.next()) {
        if (hours.empty() || hours.back().hour != query.instant(0)) hours.push_back({.hour = query.instant(0)});
        for (const ClientFamily family : client_families)
          if (to_string(family) == query.text(1)) hours.back().of(family) = counts_from(query, 2);
      }
    }
    auto query = database.query(
        "SELECT hour, class, searches FROM usage_time WHERE hour >= ? AND hour < ? ORDER BY hour", from, to);
    auto hour = hours.begin();
    while (query.next()) {
      while (hour != hours.end() && hour->hour < query.instant(0)) ++hour;
      if (hour != hours.end() && hour->hour == query.instant(0) && query.number(1) < time_classes)
        hour->times[query.number(1)] = query.number(2);
    }
    return hours;
  });
}

Result<std::vector<SubjectTotal>> UsageBook::top(SubjectKind kind, Instant from, Instant to, std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<SubjectTotal>> {
    return totals(
        database.query("SELECT u.subject, sum(u.times), sum(u.without_result), "
                       "(SELECT min(day) FROM usage_subject f WHERE f.kind = u.kind AND f.subject = u.subject) "
                       "FROM usage_subject u WHERE u.kind = ? AND u.day >= ? AND u.day < ? GROUP BY u.subject "
                       "ORDER BY 2 DESC, 1 LIMIT ?",
                       to_string(kind), from, to, limit));
  });
}

Result<std::vector<SubjectTotal>> UsageBook::missing(Instant from, Instant to, std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<SubjectTotal>> {
    return totals(database.query(
        "SELECT u.subject, sum(u.times), sum(u.without_result), "
        "(SELECT min(day) FROM usage_subject f WHERE f.kind = 'query' AND f.subject = u.subject AND f.without_result > "
        "0) "
        "FROM usage_subject u WHERE u.kind = 'query' AND u.without_result > 0 AND u.day >= ? AND u.day < ? "
        "GROUP BY u.subject ORDER BY 3 DESC, 1 LIMIT ?",
        from, to, limit));
  });
}

Result<std::vector<ClientHour>> UsageBook::client_hours(std::string_view client, Instant from, Instant to) const {
  static const std::string sql =
      "SELECT hour, " + count_columns + " FROM usage_client WHERE client = ? AND hour >= ? AND hour < ? ORDER BY hour";
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<ClientHour>> {
    std::vector<ClientHour> found;
    auto query = database.query(sql, client, from, to);
    while (query.next()) found.push_back({std::string(client), query.instant(0), counts_from(query, 1)});
    return found;
  });
}

Result<std::vector<ClientTotal>> UsageBook::named_clients(Instant from, Instant to) const {
  static const std::string sql = "SELECT n.name, " + summed_counts +
                                 " FROM usage_client_name n JOIN usage_client u ON u.client = n.client "
                                 "WHERE u.hour >= ? AND u.hour < ? GROUP BY n.client ORDER BY 2 DESC, 1";
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<ClientTotal>> {
    std::vector<ClientTotal> found;
    auto query = database.query(sql, from, to);
    while (query.next()) found.push_back({query.string(0), counts_from(query, 1)});
    return found;
  });
}

Result<std::string> UsageBook::client_name(std::string_view client) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::string> {
    auto query = database.query("SELECT name FROM usage_client_name WHERE client = ?", client);
    return query.next() ? query.string(0) : std::string();
  });
}

Result<void> UsageBook::name_client(std::string_view client, std::string_view name) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (name.empty())
      database.run("DELETE FROM usage_client_name WHERE client = ?", client);
    else
      database.run("INSERT INTO usage_client_name VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name", client,
                   name);
    return {};
  });
}

}  // namespace moisson::store
