#include "net/retry.h"

#include <algorithm>

namespace moisson::net {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_wait{500};
constexpr milliseconds longest_wait{30'000};

}  // namespace

bool asks_to_retry(const Attempt& attempt) {
  switch (attempt.status) {
    case 0:
      return attempt.transient;
    case 403:
      return attempt.retry_after.has_value();
    case 408:
    case 425:
    case 429:
      return true;
    case 501:
    case 505:
      return false;
    default:
      return attempt.status >= 500;
  }
}

std::optional<milliseconds> wait_before_next(const Attempt& attempt, double jitter, milliseconds max_wait) {
  if (attempt.number >= attempt.attempts || !asks_to_retry(attempt)) return std::nullopt;
  if (attempt.retry_after) {
    if (*attempt.retry_after > max_wait) return std::nullopt;
    return std::max(*attempt.retry_after, milliseconds{0});
  }
  const int doublings = std::clamp(attempt.number - 1, 0, 6);
  const auto wait = std::min({first_wait * (1 << doublings), longest_wait, max_wait});
  return wait / 2 + milliseconds(static_cast<milliseconds::rep>(static_cast<double>(wait.count() / 2) * jitter));
}

}  // namespace moisson::net
