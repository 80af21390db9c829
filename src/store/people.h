// People: who may sign in, their sessions and API tokens. Secrets are here as hashes only (src/auth makes them).
// Roles are words of moisson/http/identity.h, which this room does not interpret. Thread-safe; every function is one short
// transaction. Errors: io, and those named.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

class Ledger;

struct Account {
  std::string id;      // UUID
  std::string issuer;  // with `subject` what the provider calls this person; empty until their first sign-in
  std::string subject;
  std::string mail;  // lower case
  std::string role;
  std::vector<std::string> sources;  // sorted
  Instant created{};
  std::optional<Instant> noticed;    // when they took the notice of the first sign-in
  std::optional<Instant> last_seen;  // last sign-in
};

struct Session {
  std::string form_key;
  Instant created{};
  Instant last_seen{};
  Account account;
};

struct Token {
  std::string id;
  std::string account;
  std::string name;
  std::string hash;
  std::string role;
  std::vector<std::string> sources;  // empty: those of the account
  Instant created{};
  Instant expires{};
  std::optional<Instant> last_used;
  std::optional<Instant> revoked;
};

class People {
 public:
  explicit People(Ledger& ledger) : ledger_(ledger) {}
  People(const People&) = delete;
  People& operator=(const People&) = delete;

  // Lets the person of this mail address in at their first sign-in. conflict: there is one already.
  Result<Account> invite(std::string_view mail, std::string_view role, const std::vector<std::string>& sources);
  // Binds the account to the provider's person, and keeps today's mail address. conflict: the address is another account's.
  Result<void> signed_in(std::string_view account, std::string_view issuer, std::string_view subject,
                         std::string_view mail);
  Result<void> take_notice(std::string_view account);
  // not_found, as in all that name an account. Ends its sessions, so that the next page is of the new role.
  Result<void> set_role(std::string_view account, std::string_view role, const std::vector<std::string>& sources);
  Result<void> add_source(std::string_view account, std::string_view source);
  // Removes the account with its sessions and tokens.
  Result<void> erase(std::string_view account);

  Result<std::vector<Account>> accounts() const;  // by mail
  Result<Account> account(std::string_view id) const;
  Result<Account> account_of(std::string_view issuer, std::string_view subject) const;
  Result<Account> account_with_mail(std::string_view mail) const;

  Result<void> open_session(std::string_view hash, std::string_view account, std::string_view form_key);
  Result<Session> session(std::string_view hash) const;  // not_found
  Result<void> touch_session(std::string_view hash);     // last_seen: now
  Result<void> close_session(std::string_view hash);
  // Forgets sessions begun before `created` or not seen since `last_seen`.
  Result<void> forget_sessions(Instant created, Instant last_seen);

  Result<void> add_token(const Token& token);
  Result<Token> token(std::string_view id) const;                     // revoked and expired ones too; not_found
  Result<std::vector<Token>> tokens(std::string_view account) const;  // newest first; of everybody if empty
  Result<void> token_used(std::string_view id);
  Result<void> revoke_token(std::string_view id);

 private:
  Ledger& ledger_;
};

}  // namespace moisson::store
