// Outbox: who wants to be told of what, and messages that wait to be sent. A job's end is announced once, in one
// transaction with its messages, so that a crash neither loses nor repeats one. Thread-safe; errors: io, and those
// named.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

class Ledger;
class Vault;

struct Message {
  std::int64_t id = 0;
  std::string account;
  std::string mail;  // of the account, today
  std::string event;
  std::int64_t job = 0;
  int attempts = 0;         // that failed
  std::string webhook;      // id; empty: it is a mail
  std::string url, secret;  // of the webhook
};

struct Webhook {
  std::string id;
  std::string url;
  Instant created{};
  std::optional<Instant> last_sent;
  std::string trouble;  // of its last delivery; empty: none
};

inline constexpr std::size_t most_webhooks = 10;  // of one account

class Outbox {
 public:
  Outbox(Ledger& ledger, Vault& vault) : ledger_(ledger), vault_(vault) {}
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // What an account wants to be told of, about the sources that it looks after. not_found: no such account.
  Result<void> watch(std::string_view account, const std::vector<std::string>& events);
  Result<std::vector<std::string>> watched(std::string_view account) const;  // sorted

  // A program that is told of every end, about the sources that its account looks after. The secret is sealed.
  // Result: its id. conflict: the account has most_webhooks.
  Result<std::string> add_webhook(std::string_view account, std::string_view url, std::string_view secret);
  Result<void> remove_webhook(std::string_view account, std::string_view id);  // not_found
  Result<std::vector<Webhook>> webhooks(std::string_view account) const;       // by creation

  // Jobs that have ended and were not announced, the oldest first.
  struct Ended {
    std::int64_t job = 0;
    bool first_success = false;  // the source never had a job that succeeded before
  };
  Result<std::vector<Ended>> unannounced(std::size_t limit) const;
  // Puts one mail for each account that watches one of these events and looks after the job's source, of the first
  // event that it watches; and one message for each of its webhooks, of the first event. Result: how many.
  Result<std::uint64_t> announce(std::int64_t job, const std::vector<std::string>& events);

  // Messages whose time has come, the oldest first. corrupt, io: the secret of a webhook does not open.
  Result<std::vector<Message>> due(std::size_t limit) const;
  Result<void> sent(std::int64_t message);
  // It failed: to be tried again then, or given up. `trouble` is one sentence without secrets.
  Result<void> failed(std::int64_t message, std::string_view trouble, std::optional<Instant> next_try);

 private:
  Ledger& ledger_;
  Vault& vault_;
};

}  // namespace moisson::store
