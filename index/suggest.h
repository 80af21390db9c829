// Suggestions while somebody types: themes, publishers, places and keywords, then data sets. What begins as typed, or has words
// that do; where nothing does, what a slip away does. One thread; throws Xapian::Error.
#pragma once

#include "index/state.h"

#include <moisson/core/result.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace moisson::index {

// At most `limit` (1 to 20), of each kind together. Values by how many records have them, titles by what their records are worth.
Result<std::vector<Suggestion>> suggest(const State& state, Handle& handle, std::string_view text,
                                        std::string_view language, std::uint32_t limit);

}  // namespace moisson::index
