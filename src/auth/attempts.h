// Attempts: how often an address may try to sign in or show a wrong token. A bucket of 20 that fills by one every 6 s;
// IPv6 counts by its /64, which one person holds whole. Thread-safe.
#pragma once

#include <moisson/core/time.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace moisson::auth {

class Attempts {
 public:
  static constexpr int burst = 20;
  static constexpr std::chrono::milliseconds refill{6'000};
  static constexpr std::size_t most_addresses = 100'000;  // beyond it those that have not tried lately are forgotten

  // Whether one more is allowed now; counts it if so.
  bool take(std::string_view address, Instant now);
  // Whether one more would be allowed; counts nothing.
  bool has(std::string_view address, Instant now);

 private:
  // When the bucket will be full again: one number says how full it is.
  std::mutex mutex_;
  std::map<std::string, Instant> full_at_;
};

}  // namespace moisson::auth
