// Server: HTTP/1.1 over Boost.Beast. The io thread does sockets only; handlers run on a pool of workers; bodies stream
// from the worker with back-pressure. The caller owns the stop. HEAD, gzip, ETag/304, limits and problems are done
// here, once.
#pragma once

#include "http/client_address.h"
#include "http/fair_use.h"
#include "http/observer.h"
#include "http/router.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace moisson::http {

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // host:port; port 0: any free one
  unsigned workers = 0;                   // 0: one a core
  std::size_t max_connections = 4096;
  std::size_t header_bytes = 32 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::chrono::seconds idle{60};     // keep-alive without a request
  std::chrono::seconds request{15};  // from the first byte of a request to its last
  std::chrono::seconds write{60};    // without progress
  std::chrono::seconds drain{10};    // in-flight requests at stop
  TrustsProxy trusts = {};           // whose X-Forwarded-For names the client
  KeyOf key_of = {};                 // for fair_use and observe; empty: nobody holds a key
  FairUse* fair_use = nullptr;       // outlives the server; null: nobody is limited
  Observer observe = {};             // told of every request that a route, or the want of one, answered
};

// What /metrics shows. Counters since start.
struct ServerFigures {
  std::uint64_t requests = 0, connections = 0, open = 0, errors_4xx = 0, errors_5xx = 0, bytes_out = 0;
};

class Server {
 public:
  // Binds and starts serving. io: the address is taken or not ours. The router outlives the server.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const Router& router);
  ~Server();  // stop()

  std::uint16_t port() const;
  ServerFigures figures() const;

  // What answers wait for may have come: requests that wait (Response::later) are put to their handlers again.
  // Thread-safe.
  void wake();

  // Stops accepting, lets requests in flight finish (at most `drain`), closes idle connections, joins. Idempotent.
  void stop();

 private:
  Server();
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::http
