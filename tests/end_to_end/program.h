// The built program as a child process: what a user at a shell has.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace moisson::test {

class Program {
 public:
  // Starts `moisson` with these arguments. `largest_file` bytes, if given, is where the child's disk is full.
  explicit Program(const std::vector<std::string>& arguments, std::uint64_t largest_file = 0);
  ~Program();  // kills it if it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of its standard output; empty at the end.
  std::string line();
  // The rest of its standard output, to the end.
  std::string rest();

  void signal(int number);
  // SIGKILL once `time` has passed, if it still runs then.
  void kill_after(std::chrono::microseconds time);
  // Its exit code; 128 + n if signal n ended it.
  int wait();

 private:
  int pid_ = -1;
  int out_ = -1;
  int code_ = -1;
  std::string buffer_;
};

// Runs it to its end: exit code and standard output.
struct Ended {
  int code = 0;
  std::string out;
};
Ended run(const std::vector<std::string>& arguments, std::uint64_t largest_file = 0);

}  // namespace moisson::test
