// What the server tells of an exchange once its answer is made, so that somebody may count: pages, searches, time. The
// one place where usage is seen; what becomes of it is the observer's.
#pragma once

#include <moisson/http/message.h>

#include <chrono>
#include <functional>

namespace moisson::http {

struct Observation {
  const Request& request;  // with the client's address and key
  const Act& act;          // what the answer did
  int status = 200;
  std::chrono::microseconds took;  // from the request's last byte to the answer's first
};

// Called on the workers, many at once, before the answer is sent: it returns at once.
using Observer = std::function<void(const Observation&)>;

}  // namespace moisson::http
