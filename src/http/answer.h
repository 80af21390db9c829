// Answer: what a handler returned, made ready for the wire: HEAD, 304, gzip, framing and the headers that every answer
// carries are decided here, once. Knows no socket; runs on a worker.
#pragma once

#include "http/fair_use.h"
#include "http/observer.h"
#include "http/router.h"

#include <moisson/core/time.h>
#include <moisson/http/message.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace moisson::http {

// How the request came in, as far as the answer depends on it.
struct Exchange {
  bool head = false;       // the method was HEAD: no body is sent
  bool http_1_0 = false;   // no chunks: a body of unknown length ends with the connection
  bool keep_alive = true;  // wanted by the client, and not refused by us
};

struct Answer {
  int status = 200;
  std::string bytes;                 // head, and the body if it is at hand
  std::unique_ptr<BodyStream> rest;  // the remaining body, framed; null: none
  bool close = false;                // the connection ends after it
  // Set: there is no answer yet, ask again (Response::later).
  std::optional<std::chrono::steady_clock::time_point> later = std::nullopt;
};

// Finishes a response. `now` becomes the Date.
Answer finish(const Request& request, Response response, const Exchange& exchange, Instant now);

// Who stands beside the router; each may be absent.
struct Attendants {
  const KeyOf* key_of = nullptr;
  FairUse* fair_use = nullptr;
  const Observer* observe = nullptr;
};

// Asks the router, unless the client has to wait, and finishes. A handler's exception becomes a 500 problem and a log
// line with the same id; so does a handler that wants more time when its time has passed.
Answer answer(const Router& router, Request& request, const Exchange& exchange, const Attendants& attendants = {});

}  // namespace moisson::http
