// ControlServer: takes tasks over a local socket in the data directory while this process owns it, so that a command on the
// same machine finds a running `serve`. The socket is readable by its owner only; that is the authorisation. One thread a client.
#pragma once

#include "app/instance.h"
#include "app/task.h"

#include <moisson/core/result.h>

#include <memory>

namespace moisson::app {

class ControlServer {
 public:
  // Listens on data_dir/control.sock. io: the path is longer than a socket's name may be (107 bytes), or not writable.
  static Result<std::unique_ptr<ControlServer>> start(Instance& instance);
  ~ControlServer();  // hangs up on every client and joins

 private:
  ControlServer();
  struct Body;
  std::unique_ptr<Body> body_;
};

// Hands a task to the process that owns `data_dir` and passes its events on. Result: the task's own.
// unreachable: nobody answers at the socket.
Result<void> hand_over(const std::filesystem::path& data_dir, std::string_view task, const Emit& emit);

}  // namespace moisson::app
