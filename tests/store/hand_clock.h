// A clock whose hands the test turns. Thread-safe.
#pragma once

#include <moisson/core/time.h>

#include <atomic>
#include <chrono>

namespace moisson::test {

class HandClock final : public Clock {
 public:
  explicit HandClock(Instant start = Instant(std::chrono::milliseconds(1'714'566'896'000)))
      : now_(start) {}  // 2024-05-01T12:34:56Z
  Instant now() const override { return now_; }
  void turn(std::chrono::milliseconds ahead) { now_ = now_.load() + ahead; }
  void set(Instant instant) { now_ = instant; }

 private:
  std::atomic<Instant> now_;
};

}  // namespace moisson::test
