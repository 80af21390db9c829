// serve: everything in one process until SIGTERM or SIGINT. Blocks. Result: the exit code.
#pragma once

#include "app/instance.h"
#include "http/server.h"

#include <functional>
#include <memory>

namespace moisson::app {

int serve(const Configuration& configuration);

// The route table of a site over an open instance, and the server that answers from it. Used by serve, demo and end-to-end tests.
class Site {
 public:
  static Result<std::unique_ptr<Site>> start(Instance& instance);
  ~Site();  // stops accepting, lets requests finish
  std::uint16_t port() const;

 private:
  Site();
  struct Body;
  std::unique_ptr<Body> body_;
};

// Blocks SIGTERM and SIGINT in this and all later threads; the function returned waits for one of them.
std::function<void()> stop_signal();

}  // namespace moisson::app
