#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace moisson::test {

Program::Program(const std::vector<std::string>& arguments, std::uint64_t largest_file) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("pipe");
  std::vector<const char*> argv{MOISSON_PROGRAM};
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    if (largest_file != 0) {
      const rlimit limit{largest_file, largest_file};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit then fails as on a full disk
    }
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    const int quiet = ::open("/dev/null", O_WRONLY);
    if (std::getenv("MOISSON_TEST_LOG") == nullptr) ::dup2(quiet, STDERR_FILENO);
    ::execv(MOISSON_PROGRAM, const_cast<char* const*>(argv.data()));
    ::_exit(127);
  }
  ::close(ends[1]);
  out_ = ends[0];
}

Program::~Program() {
  if (code_ < 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
  ::close(out_);
}

std::string Program::line() {
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      auto line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    char piece[4096];
    const auto n = ::read(out_, piece, sizeof piece);
    if (n <= 0) return std::exchange(buffer_, {});
    buffer_.append(piece, static_cast<std::size_t>(n));
  }
}

std::string Program::rest() {
  char piece[65536];
  for (ssize_t n; (n = ::read(out_, piece, sizeof piece)) > 0;) buffer_.append(piece, static_cast<std::size_t>(n));
  return std::exchange(buffer_, {});
}

void Program::signal(int number) { ::kill(pid_, number); }

void Program::kill_after(std::chrono::microseconds time) {
  // A descriptor of the process becomes readable when it ends, so that nobody waits longer than it lives.
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{descriptor, POLLIN, 0};
  const timespec timeout{time.count() / 1'000'000, (time.count() % 1'000'000) * 1000};
  ::ppoll(&ended, 1, &timeout, nullptr);
  ::close(descriptor);
  ::kill(pid_, SIGKILL);
}

int Program::wait() {
  if (code_ >= 0) return code_;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return code_;
}

Ended run(const std::vector<std::string>& arguments, std::uint64_t largest_file) {
  Program program(arguments, largest_file);
  auto out = program.rest();
  return {program.wait(), std::move(out)};
}

}  // namespace moisson::test
