// Suggestions while somebody types. Reads the column alone, and cards of the titles it gives. One thread; throws Xapian::Error.
#pragma once

#include "index/state.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace moisson::index {

// Those that begin like `text`, folded: values by how many records have them, titles by popularity; values first.
Result<std::vector<Suggestion>> suggest(const State& state, Handle& handle, std::string_view text, std::string_view language,
                                        std::uint32_t limit);

}  // namespace moisson::index
