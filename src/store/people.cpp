#include "store/people.h"

#include "core/text.h"
#include "store/ledger.h"

#include <moisson/core/uuid.h>

#include <set>

namespace moisson::store {
namespace {

constexpr std::string_view account_columns =
    "a.id, a.issuer, a.subject, a.mail, a.role, a.created, a.noticed, a.last_seen";
constexpr std::string_view token_columns =
    "id, account, name, hash, role, sources, created, expires, last_used, revoked";

Error no_account() { return {ErrorCode::not_found, "there is no such account", "", ""}; }

Account account_from(const sqlite::Query& query, int first = 0) {
  Account account;
  account.id = query.string(first);
  account.issuer = query.string(first + 1);
  account.subject = query.string(first + 2);
  account.mail = query.string(first + 3);
  account.role = query.string(first + 4);
  account.created = query.instant(first + 5);
  account.noticed = query.optional_instant(first + 6);
  account.last_seen = query.optional_instant(first + 7);
  return account;
}

void add_sources(sqlite::Database& database, Account& account) {
  auto query = database.query("SELECT source FROM account_source WHERE account = ? ORDER BY source", account.id);
  while (query.next()) account.sources.push_back(query.string(0));
}

void put_sources(sqlite::Database& database, std::string_view account, const std::vector<std::string>& sources) {
  database.run("DELETE FROM account_source WHERE account = ?", account);
  for (const std::string& source : std::set<std::string>(sources.begin(), sources.end()))
    database.run("INSERT INTO account_source (account, source) VALUES (?, ?)", account, source);
}

bool has_account(sqlite::Database& database, std::string_view id) {
  auto query = database.query("SELECT 1 FROM account WHERE id = ?", id);
  return query.next();
}

Token token_from(const sqlite::Query& query) {
  Token token;
  token.id = query.string(0);
  token.account = query.string(1);
  token.name = query.string(2);
  token.hash = query.string(3);
  token.role = query.string(4);
  if (!query.text(5).empty())
    for (std::string_view source : split(query.text(5), '\n')) token.sources.emplace_back(source);
  token.created = query.instant(6);
  token.expires = query.instant(7);
  token.last_used = query.optional_instant(8);
  token.revoked = query.optional_instant(9);
  return token;
}

// One account by what `where` asks of the values.
template <class... Values>
Result<Account> one_account(const Ledger& ledger, std::string_view sql, const Values&... values) {
  return ledger.read([&](sqlite::Database& database) -> Result<Account> {
    std::optional<Account> account;
    {
      auto query = database.query(sql, values...);
      if (query.next()) account = account_from(query);
    }
    if (!account) return no_account();
    add_sources(database, *account);
    return *account;
  });
}

std::string select_accounts(std::string_view rest) {
  return "SELECT " + std::string(account_columns) + " FROM account a " + std::string(rest);
}

}  // namespace

Result<Account> People::invite(std::string_view mail, std::string_view role, const std::vector<std::string>& sources) {
  const std::string id = random_uuid();
  const std::string address = lower_ascii(mail);
  const auto made = ledger_.write([&](sqlite::Database& database) -> Result<void> {
    {
      auto query = database.query("SELECT 1 FROM account WHERE mail = ?", address);
      if (query.next()) return Error{ErrorCode::conflict, "there is an account of this mail address", "mail", ""};
    }
    database.run("INSERT INTO account (id, issuer, subject, mail, role, created) VALUES (?, '', '', ?, ?, ?)", id,
                 address, role, ledger_.now());
    put_sources(database, id, sources);
    return {};
  });
  if (!made) return made.error();
  return account(id);
}

Result<void> People::signed_in(std::string_view account, std::string_view issuer, std::string_view subject,
                               std::string_view mail) {
  const std::string address = lower_ascii(mail);
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    {
      auto query = database.query("SELECT 1 FROM account WHERE mail = ? AND id <> ?", address, account);
      if (query.next()) return Error{ErrorCode::conflict, "the mail address is that of another account", "mail", ""};
    }
    const auto changed =
        database.run("UPDATE account SET issuer = ?, subject = ?, mail = ?, last_seen = ? WHERE id = ?", issuer,
                     subject, address, ledger_.now(), account);
    if (changed == 0) return no_account();
    return {};
  });
}

Result<void> People::take_notice(std::string_view account) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (database.run("UPDATE account SET noticed = ? WHERE id = ?", ledger_.now(), account) == 0) return no_account();
    return {};
  });
}

Result<void> People::set_role(std::string_view account, std::string_view role,
                              const std::vector<std::string>& sources) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (database.run("UPDATE account SET role = ? WHERE id = ?", role, account) == 0) return no_account();
    put_sources(database, account, sources);
    database.run("DELETE FROM session WHERE account = ?", account);
    return {};
  });
}

Result<void> People::add_source(std::string_view account, std::string_view source) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (!has_account(database, account)) return no_account();
    database.run("INSERT OR IGNORE INTO account_source (account, source) VALUES (?, ?)", account, source);
    return {};
  });
}

Result<void> People::erase(std::string_view account) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (database.run("DELETE FROM account WHERE id = ?", account) == 0) return no_account();
    return {};
  });
}

Result<std::vector<Account>> People::accounts() const {
  static const std::string sql = select_accounts("ORDER BY a.mail");
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Account>> {
    std::vector<Account> accounts;
    {
      auto query = database.query(sql);
      while (query.next()) accounts.push_back(account_from(query));
    }
    for (Account& account : accounts) add_sources(database, account);
    return accounts;
  });
}

Result<Account> People::account(std::string_view id) const {
  static const std::string sql = select_accounts("WHERE a.id = ?");
  return one_account(ledger_, sql, id);
}

Result<Account> People::account_of(std::string_view issuer, std::string_view subject) const {
  static const std::string sql = select_accounts("WHERE a.issuer = ? AND a.subject = ? AND a.subject <> ''");
  return one_account(ledger_, sql, issuer, subject);
}

Result<Account> People::account_with_mail(std::string_view mail) const {
  static const std::string sql = select_accounts("WHERE a.mail = ?");
  return one_account(ledger_, sql, lower_ascii(mail));
}

Result<void> People::open_session(std::string_view hash, std::string_view account, std::string_view form_key) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (!has_account(database, account)) return no_account();
    database.run("INSERT INTO session (hash, account, form_key, created, last_seen) VALUES (?, ?, ?, ?, ?)", hash,
                 account, form_key, ledger_.now(), ledger_.now());
    return {};
  });
}

Result<Session> People::session(std::string_view hash) const {
  static const std::string sql = "SELECT s.form_key, s.created, s.last_seen, " + std::string(account_columns) +
                                 " FROM session s JOIN account a ON a.id = s.account WHERE s.hash = ?";
  return ledger_.read([&](sqlite::Database& database) -> Result<Session> {
    std::optional<Session> session;
    {
      auto query = database.query(sql, hash);
      if (query.next()) session = Session{query.string(0), query.instant(1), query.instant(2), account_from(query, 3)};
    }
    if (!session) return Error{ErrorCode::not_found, "there is no such session", "", ""};
    add_sources(database, session->account);
    return *session;
  });
}

Result<void> People::touch_session(std::string_view hash) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE session SET last_seen = ? WHERE hash = ?", ledger_.now(), hash);
    return {};
  });
}

Result<void> People::close_session(std::string_view hash) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("DELETE FROM session WHERE hash = ?", hash);
    return {};
  });
}

Result<void> People::forget_sessions(Instant created, Instant last_seen) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("DELETE FROM session WHERE created < ? OR last_seen < ?", created, last_seen);
    return {};
  });
}

Result<void> People::add_token(const Token& token) {
  std::string sources;
  for (const std::string& source : token.sources) (sources += sources.empty() ? "" : "\n") += source;
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (!has_account(database, token.account)) return no_account();
    database.run(
        "INSERT INTO token (id, account, name, hash, role, sources, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        token.id, token.account, token.name, token.hash, token.role, sources, token.created, token.expires);
    return {};
  });
}

Result<Token> People::token(std::string_view id) const {
  static const std::string sql = "SELECT " + std::string(token_columns) + " FROM token WHERE id = ?";
  return ledger_.read([&](sqlite::Database& database) -> Result<Token> {
    auto query = database.query(sql, id);
    if (query.next()) return token_from(query);
    return Error{ErrorCode::not_found, "there is no such token", "", ""};
  });
}

Result<std::vector<Token>> People::tokens(std::string_view account) const {
  static const std::string sql =
      "SELECT " + std::string(token_columns) + " FROM token WHERE ? = '' OR account = ? ORDER BY created DESC, id";
  return ledger_.read([&](sqlite::Database& database) -> Result<std::vector<Token>> {
    std::vector<Token> tokens;
    auto query = database.query(sql, account, account);
    while (query.next()) tokens.push_back(token_from(query));
    return tokens;
  });
}

Result<void> People::token_used(std::string_view id) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    database.run("UPDATE token SET last_used = ? WHERE id = ?", ledger_.now(), id);
    return {};
  });
}

Result<void> People::revoke_token(std::string_view id) {
  return ledger_.write([&](sqlite::Database& database) -> Result<void> {
    if (database.run("UPDATE token SET revoked = ifnull(revoked, ?) WHERE id = ?", ledger_.now(), id) == 0)
      return Error{ErrorCode::not_found, "there is no such token", "", ""};
    return {};
  });
}

}  // namespace moisson::store
