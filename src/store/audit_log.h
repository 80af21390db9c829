// AuditLog: what was done, by whom and when; appended to, never changed: the schema refuses it. Holds no secrets and, of
// people, their account's id only. Thread-safe.
#pragma once

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <cstdint>
#include <string>
#include <vector>

namespace moisson::store {

class Ledger;

struct AuditEntry {
  std::int64_t n = 0;
  Instant at{};
  std::string account;  // id; empty: nobody that is known, or the command line
  std::string means;    // "session", "token", "command", "nobody"
  std::string action;   // "sign_in", "token_made" …, or the method and pattern of a route
  std::string object;   // what it was done to: a path, a mail address is never one
  std::string outcome;  // "done", "refused", or an HTTP status
  bool operator==(const AuditEntry&) const = default;
};

class AuditLog {
 public:
  explicit AuditLog(Ledger& ledger) : ledger_(ledger) {}
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // `n` and `at` are given here. Texts are cut at 500 bytes.
  Result<void> append(const AuditEntry& entry);
  // Newest first, with n < before (0: from the newest), at most `limit`.
  Result<std::vector<AuditEntry>> page(std::int64_t before, std::size_t limit) const;

 private:
  Ledger& ledger_;
};

}  // namespace moisson::store
