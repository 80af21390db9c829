// Pulse: the sign of life of a running job. The job beats, the scheduler listens and may give up on it. Thread-safe.
#pragma once

#include <moisson/core/time.h>

#include <atomic>

namespace moisson::harvest {

class Pulse {
 public:
  void beat(Instant now) { last_ = now.time_since_epoch().count(); }
  Instant last() const { return Instant(std::chrono::milliseconds(last_)); }

  // It showed no life for too long: it ends as unreachable, not as stopped by a person.
  void give_up() { given_up_ = true; }
  bool given_up() const { return given_up_; }

 private:
  std::atomic<std::int64_t> last_ = 0;  // ms since 1970
  std::atomic<bool> given_up_ = false;
};

}  // namespace moisson::harvest
