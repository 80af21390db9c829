// A token bucket: `quota` requests at once, refilled evenly over `window`. Values; pure.
#pragma once

#include <moisson/core/time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace moisson::http {

struct Allowance {
  std::uint32_t quota = 0;  // requests; 0: no limit
  std::chrono::seconds window{60};
};

struct TokenBucket {
  double tokens = 0;
  Instant filled{};  // when `tokens` was true
};

// What came of asking for one request.
struct Taken {
  bool allowed = true;
  std::uint32_t remaining = 0;          // whole requests left
  std::chrono::seconds reset{};         // until the bucket is full again, rounded up
  std::chrono::seconds retry_after{0};  // if not allowed: until there is one request again, rounded up, at least 1
};

inline TokenBucket full_bucket(const Allowance& allowance, Instant now) {
  return {static_cast<double>(allowance.quota), now};
}

// Fills the bucket up to `now` and takes one request from it. A clock that went back fills nothing.
inline Taken take(TokenBucket& bucket, const Allowance& allowance, Instant now) {
  const double rate = allowance.quota / std::chrono::duration<double>(allowance.window).count();  // tokens a second
  const double passed = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
  bucket = {std::min<double>(allowance.quota, bucket.tokens + passed * rate), now};
  const auto until = [&](double tokens) {
    constexpr double rounding = 1e-9;  // six times a tenth is a little more than 0.6
    return std::chrono::seconds(
        static_cast<std::int64_t>(std::ceil(std::max(0.0, tokens - bucket.tokens) / rate - rounding)));
  };
  Taken taken;
  taken.allowed = bucket.tokens >= 1;
  if (taken.allowed)
    bucket.tokens -= 1;
  else
    taken.retry_after = std::max(std::chrono::seconds(1), until(1));
  taken.remaining = static_cast<std::uint32_t>(bucket.tokens);
  taken.reset = until(allowance.quota);
  return taken;
}

}  // namespace moisson::http
