// Outbox: who wants to be told of what, and messages that wait to be sent. A job's end is announced once, in one transaction
// with its messages, so that a crash neither loses nor repeats one. Thread-safe; errors: io, and those named.
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

struct Message {
  std::int64_t id = 0;
  std::string account;
  std::string mail;  // of the account, today
  std::string event;
  std::int64_t job = 0;
  int attempts = 0;  // that failed
};

class Outbox {
 public:
  explicit Outbox(Ledger& ledger) : ledger_(ledger) {}
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // What an account wants to be told of, about the sources that it looks after. not_found: no such account.
  Result<void> watch(std::string_view account, const std::vector<std::string>& events);
  Result<std::vector<std::string>> watched(std::string_view account) const;  // sorted

  // Jobs that have ended and were not announced, the oldest first.
  struct Ended {
    std::int64_t job = 0;
    bool first_success = false;  // the source never had a job that succeeded before
  };
  Result<std::vector<Ended>> unannounced(std::size_t limit) const;
  // Puts one message for each account that watches one of these events and looks after the job's source; the first event
  // that it watches is the message's. Result: how many.
  Result<std::uint64_t> announce(std::int64_t job, const std::vector<std::string>& events);

  // Messages whose time has come, the oldest first.
  Result<std::vector<Message>> due(std::size_t limit) const;
  Result<void> sent(std::int64_t message);
  // It failed: to be tried again then, or given up. `trouble` is one sentence without secrets.
  Result<void> failed(std::int64_t message, std::string_view trouble, std::optional<Instant> next_try);

 private:
  Ledger& ledger_;
};

}  // namespace moisson::store
