// What the measuring programs share. Header of programs that end at the first error; one thread.
#pragma once

#include <moisson/core/result.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

namespace moisson::bench {

// CPU of the whole process since its start, all threads, in microseconds.
inline double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

[[noreturn]] inline void give_up(const Error& error) {
  std::fprintf(stderr, "%s\n", to_string(error).c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}
inline void must(Result<void> result) {
  if (!result) give_up(result.error());
}

}  // namespace moisson::bench
