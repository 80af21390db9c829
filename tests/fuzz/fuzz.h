// What every fuzz target shares. A target defines read(); the fuzzer calls it with bytes that it makes up, from one
// thread. A crash, a hang, a leak, undefined behaviour, an exception or a broken promise (require) is a finding.
#pragma once

#include <string_view>
#include <utility>

namespace moisson::fuzz {

void read(std::string_view bytes);

// Stops the fuzzer, with `promise` in words, unless it is kept.
void require(bool kept, const char* promise);

// Two inputs in one: what stands before the first line break, and what follows it.
std::pair<std::string_view, std::string_view> first_line_and_rest(std::string_view bytes);

}  // namespace moisson::fuzz
