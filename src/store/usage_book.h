// The usage figures in the store: increments in, sums out. Thread-safe, as the store is.
#pragma once

#include "store/usage.h"

#include <moisson/core/result.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::store {

class Ledger;

// A subject over a span of days.
struct SubjectTotal {
  std::string subject;
  std::uint64_t times = 0;
  std::uint64_t without_result = 0;
  Instant since{};  // the first day on which enough visitors asked for it; for missing(): and found nothing
};

struct ClientTotal {
  std::string name;
  UsageCounts counts;
};

class UsageBook {
 public:
  explicit UsageBook(Ledger& ledger) : ledger_(ledger) {}
  UsageBook(const UsageBook&) = delete;
  UsageBook& operator=(const UsageBook&) = delete;

  // Adds all of it in one transaction, or nothing.
  Result<void> add(const Usage& usage);

  // All spans below hold what began at `from` or later and before `to`.

  Result<std::vector<UsageHour>> hours(Instant from, Instant to) const;  // by time; hours without use are left out
  // The most frequent first, at most `limit`.
  Result<std::vector<SubjectTotal>> top(SubjectKind kind, Instant from, Instant to, std::size_t limit) const;
  // Queries that found nothing, by how often.
  Result<std::vector<SubjectTotal>> missing(Instant from, Instant to, std::size_t limit) const;

  Result<std::vector<ClientHour>> client_hours(std::string_view client, Instant from, Instant to) const;  // by time
  // Of clients who consent to be named, by requests, the most first.
  Result<std::vector<ClientTotal>> named_clients(Instant from, Instant to) const;
  Result<std::string> client_name(std::string_view client) const;            // empty: it is not to be named
  Result<void> name_client(std::string_view client, std::string_view name);  // empty: no more

 private:
  Ledger& ledger_;
};

}  // namespace moisson::store
