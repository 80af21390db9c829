#include "store/outbox.h"

#include "core/text.h"
#include "store/ledger.h"
#include "store/vault.h"

#include <moisson/core/uuid.h>

namespace moisson::store {
namespace {

constexpr std::size_t most_trouble_bytes = 500;

// Whether the account `of` looks after the job's source.
constexpr std::string_view looks_after =
    "(a.role = 'administrator' OR EXISTS (SELECT 1 FROM account_source s WHERE s.account = a.id AND s.source IN (o.id, "
    "'*')))";

std::string purpose(std::string_view webhook) { return "webhook " + std::string(webhook); }

}  // namespace

Result<void> Outbox::watch(std::string_view account, const std::vector<std::string>& events) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    {
      auto query = database.query("SELECT 1 FROM account WHERE id = ?", account);
      if (!query.next()) return Error{ErrorCode::not_found, "there is no such account", "", ""};
    }
    database.run("DELETE FROM watch WHERE account = ?", account);
    for (const std::string& event : events)
      database.run("INSERT OR IGNORE INTO watch (account, event) VALUES (?, ?)", account, event);
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

Result<std::string> Outbox::add_webhook(std::string_view account, std::string_view url, std::string_view secret) {
  const std::string id = random_uuid();
  const auto sealed = vault_.seal(secret, purpose(id));
  if (!sealed) return sealed.error();
  return ledger_.write([&](sqlite::Database& database) -> Result<std::string> {
    {
      auto query = database.query("SELECT count(*) FROM webhook WHERE account = ?", account);
      if (query.next() && query.number(0) >= most_webhooks)
        return Error{ErrorCode::conflict, "an account has at most " + std::to_string(most_webhooks) + " webhooks",
                     "url", "remove one"};
    }
    database.run("INSERT INTO webhook (id, account, url, sealed, created) VALUES (?, ?, ?, ?, ?)", id, account, url,
                 sqlite::Blob{*sealed}, ledger_.now());
    return id;
  });
}

Result<void> Outbox::remove_webhook(std::string_view account, std::string_view id) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (database.run("DELETE FROM webhook WHERE account = ? AND id = ?", account, id) == 0)
      return Error{ErrorCode::not_found, "there is no such webhook", "", ""};
    return {};
  });
}

Result<std::vector<Webhook>> Outbox::webhooks(std::string_view account) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Webhook>> {
    std::vector<Webhook> found;
    auto query = database.query(
        "SELECT h.id, h.url, h.created, (SELECT max(m.sent) FROM message m WHERE m.webhook = h.id), "
        "ifnull((SELECT m.trouble FROM message m WHERE m.webhook = h.id ORDER BY m.id DESC LIMIT 1), '') "
        "FROM webhook h WHERE h.account = ? ORDER BY h.created, h.id",
        account);
    while (query.next())
      found.push_back({query.string(0), query.string(1), query.instant(2), query.optional_instant(3), query.string(4)});
    return found;
  });
}

Result<std::vector<Outbox::Ended>> Outbox::unannounced(std::size_t limit) const {
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Ended>> {
    std::vector<Ended> ended;
    auto query = database.query(
        "SELECT j.id, j.outcome = 'succeeded' AND NOT EXISTS (SELECT 1 FROM job b WHERE b.source = j.source AND b.id < "
        "j.id "
        "AND b.outcome IN ('succeeded', 'nothing_changed')) FROM job j LEFT JOIN announcement a ON a.job = j.id "
        "WHERE a.job IS NULL AND j.ended IS NOT NULL ORDER BY j.id LIMIT ?",
        limit);
    while (query.next()) ended.push_back({query.integer(0), query.integer(1) != 0});
    return ended;
  });
}

Result<std::uint64_t> Outbox::announce(std::int64_t job, const std::vector<std::string>& events) {
  static const std::string mails =
      "INSERT INTO message (account, event, job, created, next_try) SELECT w.account, w.event, j.id, ?, ? "
      "FROM watch w JOIN account a ON a.id = w.account JOIN job j ON j.id = ? JOIN source o ON o.key = j.source WHERE "
      "w.event = ? AND " +
      std::string(looks_after) + " AND NOT EXISTS (SELECT 1 FROM message m WHERE m.account = a.id AND m.job = j.id)";
  static const std::string posts =
      "INSERT INTO message (account, event, job, created, next_try, webhook) SELECT a.id, ?, j.id, ?, ?, h.id "
      "FROM webhook h JOIN account a ON a.id = h.account JOIN job j ON j.id = ? JOIN source o ON o.key = j.source "
      "WHERE " +
      std::string(looks_after);
  return ledger_.write([&](sqlite::Database& database) -> Result<std::uint64_t> {
    if (database.run("INSERT OR IGNORE INTO announcement (job) VALUES (?)", job) == 0) return std::uint64_t{0};
    std::uint64_t count = 0;
    for (const std::string& event : events) count += database.run(mails, ledger_.now(), ledger_.now(), job, event);
    if (!events.empty()) count += database.run(posts, events.front(), ledger_.now(), ledger_.now(), job);
    return count;
  });
}

Result<std::vector<Message>> Outbox::due(std::size_t limit) const {
  std::vector<std::string> sealed;
  auto messages = ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Message>> {
    std::vector<Message> found;
    auto query = database.query(
        "SELECT m.id, m.account, a.mail, m.event, m.job, m.attempts, ifnull(m.webhook, ''), ifnull(h.url, ''), "
        "h.sealed "
        "FROM message m JOIN account a ON a.id = m.account LEFT JOIN webhook h ON h.id = m.webhook "
        "WHERE m.next_try <= ? ORDER BY m.next_try, m.id LIMIT ?",
        ledger_.now(), limit);
    while (query.next()) {
      found.push_back({query.integer(0),
                       query.string(1),
                       query.string(2),
                       query.string(3),
                       query.integer(4),
                       static_cast<int>(query.integer(5)),
                       query.string(6),
                       query.string(7),
                       {}});
      sealed.push_back(query.string(8));
    }
    return found;
  });
  if (!messages) return messages;
  for (std::size_t i = 0; i < messages->size(); ++i) {
    Message& message = (*messages)[i];
    if (message.webhook.empty()) continue;
    auto secret = vault_.open(sealed[i], purpose(message.webhook));
    if (!secret) return secret.error();
    message.secret = std::move(*secret);
  }
  return messages;
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
