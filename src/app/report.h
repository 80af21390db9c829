// Report: shows the events of a task on a terminal, as plain lines elsewhere, or as one JSON document. One thread.
#pragma once

#include "app/command_line.h"
#include "core/json.h"

#include <chrono>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::app {

class Report {
 public:
  // Results go to `out`, progress and warnings to `progress`; both outlive the report. `terminal`: progress may rewrite its line.
  Report(const Arguments& arguments, std::ostream& out, std::ostream& progress, bool terminal);

  void take(std::string_view event);

  // Prints what was gathered. Result: the exit code that CONTRACT gives to what happened.
  int finish();

 private:
  void show_progress(json::View job);
  void show_job(json::View event);
  void show_preview(json::View preview);
  void show_result(json::View result);

  const Arguments& arguments_;
  std::ostream& out_;
  std::ostream& progress_;
  bool terminal_;
  bool line_open_ = false;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::vector<std::string> gathered_;  // events kept for --json
  int exit_code_ = 0;
};

// The task of a command, as JSON.
std::string task_of(const Arguments& arguments);

}  // namespace moisson::app
