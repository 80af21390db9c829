// Task: what a command asks of the process that owns the data directory. It travels as one line of JSON, and is answered by
// events, one line of JSON each, whether it runs in this process or in a running `serve`. Thread-safe.
//
//   {"task":"harvest","sources":["datasud"],"full":false}
//   {"event":"progress","job":{…}} … {"event":"job","job":{…},"records":[…]} …
//
// Events: progress (a running job), job (an ended one, with its failed, skipped and held rows), result (the task's answer, in the
// API's own form), piece (of a file, in order), warning (an error that did not end the task).
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>

#include <functional>
#include <string_view>

namespace moisson::app {

class Instance;

// Takes one event; false: the listener has gone, a waiting task ends early (what it started goes on).
using Emit = std::function<bool(std::string_view event)>;

// Runs the task to its end on the calling thread. invalid_input: no such task, or a bad argument (named in `where`).
Result<void> run_task(Instance& instance, json::View task, const Emit& emit);

}  // namespace moisson::app
