#include "store/outbox.h"

#include "core/text.h"
#include "store/ledger.h"

namespace moisson::store {
namespace {

constexpr std::size_t most_trouble_bytes = 500;

}  // namespace

Result<void> Outbox::watch(std::string_view account, const std::vector<std::string>& events) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    {
      auto query = database.query("SELECT 1 FROM account WHERE id = ?", account);
      if (!query.next()) return Error{ErrorCode::not_found, "there is no such account", "", ""};
    }
    database.run("DELETE FROM watch WHERE account = ?", account);
    for (const std::string& event : events) database.run("INSERT OR IGNORE INTO watch (account, event) VALUES (?, ?)", account, event);
    return {};
  });
}

Result<std::vector<std::string>> Outbox::watched(std::string_view account) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<std::string>> {
    std::vector<std::string> events;
    auto query = database.query("SELECT event FROM watch WHERE account = ? ORDER BY event", account);
    while (query.next()) events.push_back(query.string(0));
    return events;
  });
}

Result<std::vector<Outbox::Ended>> Outbox::unannounced(std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Ended>> {
    std::vector<Ended> ended;
    auto query = database.query(
        "SELECT j.id, j.outcome = 'succeeded' AND NOT EXISTS (SELECT 1 FROM job b WHERE b.source = j.source AND b.id < j.id "
        "AND b.outcome IN ('succeeded', 'nothing_changed')) FROM job j LEFT JOIN announcement a ON a.job = j.id "
        "WHERE a.job IS NULL AND j.ended IS NOT NULL ORDER BY j.id LIMIT ?",
        limit);
    while (query.next()) ended.push_back({query.integer(0), query.integer(1) != 0});
    return ended;
  });
}

Result<std::uint64_t> Outbox::announce(std::int64_t job, const std::vector<std::string>& events) {
  return ledger_.write([&](sqlite::Database& database) -> Result<std::uint64_t> {
    if (database.run("INSERT OR IGNORE INTO announcement (job) VALUES (?)", job) == 0) return std::uint64_t{0};
    std::uint64_t count = 0;
    for (const std::string& event : events)
      count += database.run(
          "INSERT INTO message (account, event, job, created, next_try) SELECT w.account, w.event, j.id, ?, ? "
          "FROM watch w JOIN account a ON a.id = w.account JOIN job j ON j.id = ? JOIN source o ON o.key = j.source "
          "WHERE w.event = ? AND (a.role = 'administrator' OR EXISTS (SELECT 1 FROM account_source s WHERE s.account = w.account "
          "AND s.source IN (o.id, '*'))) AND NOT EXISTS (SELECT 1 FROM message m WHERE m.account = w.account AND m.job = j.id)",
          ledger_.now(), ledger_.now(), job, event);
    return count;
  });
}

Result<std::vector<Message>> Outbox::due(std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Message>> {
    std::vector<Message> messages;
    auto query = database.query(
        "SELECT m.id, m.account, a.mail, m.event, m.job, m.attempts FROM message m JOIN account a ON a.id = m.account "
        "WHERE m.next_try <= ? ORDER BY m.next_try, m.id LIMIT ?",
        ledger_.now(), limit);
    while (query.next())
      messages.push_back({query.integer(0), query.string(1), query.string(2), query.string(3), query.integer(4),
                          static_cast<int>(query.integer(5))});
    return messages;
  });
}

Result<void> Outbox::sent(std::int64_t message) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE message SET sent = ?, next_try = NULL, trouble = '' WHERE id = ?", ledger_.now(), message);
    return {};
  });
}

Result<void> Outbox::failed(std::int64_t message, std::string_view trouble, std::optional<Instant> next_try) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE message SET attempts = attempts + 1, trouble = ?, next_try = ? WHERE id = ?",
                 cut(trouble, most_trouble_bytes), next_try, message);
    return {};
  });
}

}  // namespace moisson::store
