// The command line as a value. CLI11 stays behind this door. Pure but for --help, --version and wrong usage, which are answers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace moisson::app {

enum class Command {
  serve,
  harvest,
  preview,
  job,
  search,
  source,
  record,
  reindex,
  remap,
  dump,
  user,
  token,
  check,
  demo
};

struct Arguments {
  Command command = Command::serve;
  std::filesystem::path config;
  std::vector<std::string> sources;  // harvest, remap, preview; that a user or token is about
  bool full = false;
  bool json = false;
  std::string verb;  // of job, source and record: list, show, approve …
  std::int64_t job = 0;
  std::string kind, url;  // of preview, source add
  std::string id;         // of a source or a record
  std::string other;      // the second of two records
  // Of source add and set; empty: not given.
  std::string title, schedule, timezone, language, territory, window, blackout, comment;
  std::int64_t grace_h = -1;              // -1: not given
  std::vector<std::string> options;       // of the kind: NAME=VALUE
  std::vector<std::string> secret_files;  // NAME=FILE
  std::string plan;                       // that harvest applies
  bool draft = false;
  bool purge = false;
  std::string query;
  std::uint32_t limit = 0;  // 0: the command's own default
  bool explain = false;
  bool online = false;
  std::string name;        // of a dump, of a token
  std::string mail, role;  // of user, token
  std::int64_t days = 90;  // that a token lives
  std::string listen;      // of demo
};

// What to print and the exit code, when there is nothing to run.
struct Answer {
  std::string text;
  int exit_code = 0;
  bool is_error = false;  // to standard error
};

std::variant<Arguments, Answer> read_command_line(int argc, const char* const* argv);

}  // namespace moisson::app
