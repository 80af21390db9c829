// moisson: the command line's way in. Each command becomes a task for the process that owns the data directory: this one if the
// lock is free, else the one that holds it.

#include "app/check.h"
#include "app/command_line.h"
#include "app/control_server.h"
#include "app/demo.h"
#include "app/instance.h"
#include "app/report.h"
#include "app/serve.h"
#include "app/task.h"

#include <unistd.h>

#include <csignal>
#include <iostream>

namespace {

using namespace moisson;

constexpr int failed = 1;
constexpr int wrong_configuration = 78;  // EX_CONFIG, sysexits(3)

int fail(const Error& error) {
  std::cerr << "moisson: " << to_string(error) << '\n';
  return failed;
}

// Runs the task here or there, and shows its events.
int run(const app::Arguments& arguments, const app::Configuration& configuration) {
  app::Report report(arguments, std::cout, std::cerr, isatty(STDERR_FILENO) != 0);
  const auto emit = [&](std::string_view event) {
    report.take(event);
    return true;
  };
  const auto task = app::task_of(arguments);
  const SystemClock clock;
  Result<void> result;
  if (auto instance = app::Instance::open(configuration, clock, app::Scheduling::only_tasks); instance) {
    const auto document = json::Document::parse(task);
    result = document ? app::run_task(**instance, document->root(), emit) : Result<void>(document.error());
  } else if (instance.error().code == ErrorCode::conflict) {
    result = app::hand_over(configuration.catalog.data_dir, task, emit);
  } else {
    result = instance.error();
  }
  const int code = report.finish();
  return result ? code : fail(result.error());
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a client that goes away is an error of one write, not of the process
  auto line = app::read_command_line(argc, argv);
  if (const auto* answer = std::get_if<app::Answer>(&line)) {
    (answer->is_error ? std::cerr : std::cout) << answer->text;
    return answer->exit_code;
  }
  const auto& arguments = std::get<app::Arguments>(line);
  if (arguments.command == app::Command::demo) return app::demo(arguments.listen);

  const auto report = app::load_configuration(arguments.config, app::configuration_rules());
  for (const auto& error : report.errors) std::cerr << to_string(error) << '\n';
  if (!report.errors.empty()) return wrong_configuration;
  switch (arguments.command) {
    case app::Command::check:
      return app::check(report.configuration, arguments.online, std::cout);
    case app::Command::serve:
      return app::serve(report.configuration);
    default:
      return run(arguments, report.configuration);
  }
}
