// UsageFlusher: the one hand that puts the counted usage into the store: every minute, and a last time when it goes.
// What a write could not keep waits for the next one. Thread-safe.
#pragma once

#include "api/usage_meter.h"
#include "store/usage_book.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace moisson::app {

class UsageFlusher {
 public:
  // Both outlive it.
  UsageFlusher(api::UsageMeter& meter, store::UsageBook& book);
  ~UsageFlusher();
  UsageFlusher(const UsageFlusher&) = delete;
  UsageFlusher& operator=(const UsageFlusher&) = delete;

  void flush();

 private:
  api::UsageMeter& meter_;
  store::UsageBook& book_;
  std::mutex mutex_;
  std::condition_variable stop_asked_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace moisson::app
