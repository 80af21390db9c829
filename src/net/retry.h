// Retry: whether one more attempt is worth it, and when. Pure.
#pragma once

#include <chrono>
#include <optional>

namespace moisson::net {

// How one attempt ended.
struct Attempt {
  int status = 0;          // 0: no answer
  bool transient = false;  // no answer, for a reason that may pass: cut, time-out, refused connection
  std::optional<std::chrono::milliseconds> retry_after;  // as the server asked (RFC 9110 §10.2.3)
  int number = 1;                                        // of this attempt
  int attempts = 1;                                      // in all
};

// The statuses that ask to come back: 429, 5xx but 501 and 505, 408, 425; and 403 where it says when (portals use it as a
// rate limit).
bool asks_to_retry(const Attempt& attempt);

// How long to wait before the next attempt; nothing: stop. Retry-After is obeyed, unless it exceeds `max_wait`; else the
// wait doubles from half a second to 30 s, of which a random half (`jitter` from 0 to 1) keeps clients from marching in step.
std::optional<std::chrono::milliseconds> wait_before_next(const Attempt& attempt, double jitter,
                                                          std::chrono::milliseconds max_wait);

}  // namespace moisson::net
