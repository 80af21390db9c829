// Hub: what the sessions of one server share. `sessions`, `waiting` and `crowded` belong to the io thread; the rest is
// thread-safe.
#pragma once

#include "http/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <unordered_set>

namespace moisson::http {

class Session;

struct Hub {
  Hub(const ServerOptions& o, const Router& r, unsigned threads) : options(o), router(r), workers(threads) {}

  const ServerOptions options;
  const Router& router;
  std::unordered_set<Session*> sessions;  // outlives the queues below, whose tasks own the sessions
  std::unordered_set<Session*> waiting;   // of them, those whose request waits for its answer
  std::function<void()> session_gone;     // called on the io thread
  bool crowded = false;                   // at max_connections: who has nothing to ask gives way
  std::atomic<bool> stopping = false;
  std::atomic<std::uint64_t> wakes = 0;  // calls of wake(): one that came while a handler was asked is not missed

  std::atomic<std::uint64_t> requests = 0, connections = 0, open = 0, errors_4xx = 0, errors_5xx = 0, bytes_out = 0;

  boost::asio::io_context io{1};
  boost::asio::thread_pool workers;
};

}  // namespace moisson::http
