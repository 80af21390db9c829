// Whether the memory of a test's process is the program's: a sanitizer keeps shadows, and for a while what was freed.
#pragma once

namespace moisson::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool own_memory = false;
#else
constexpr bool own_memory = true;
#endif

}  // namespace moisson::test
