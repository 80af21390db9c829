// "line:column" of a byte of a text, both from 1, the column in bytes: what a person looks for in an editor.
// Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace moisson {

// An offset beyond the end stands for the end.
std::string position_of(std::string_view text, std::size_t offset);

}  // namespace moisson
