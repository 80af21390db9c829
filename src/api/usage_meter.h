// The meter of a site's usage: the server's observer (http/observer.h). It makes of each exchange an event without
// address or name, under the count's lock, and hands increments to whoever keeps them. Thread-safe.
#pragma once

#include "api/usage_count.h"
#include "http/observer.h"
#include "http/pseudonym.h"

#include <moisson/core/time.h>

#include <mutex>

namespace moisson::api {

class UsageMeter {
 public:
  explicit UsageMeter(const Clock& clock) : clock_(clock) {}  // the clock outlives it

  void observe(const http::Observation& observation);

  store::Usage take();
  void put_back(store::Usage usage);

 private:
  const Clock& clock_;
  std::mutex mutex_;
  UsageCount count_;
  Instant day_{};
  http::Pseudonyms pseudonyms_;  // of the day: the next one draws another secret, and this one is gone
};

}  // namespace moisson::api
