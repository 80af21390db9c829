// What was typed, against what was shown in its place. Pure.
#pragma once

#include <moisson/search/results.h>

#include <cstdint>

namespace moisson::index {

// Results that hold what was typed: none where it was corrected, or where no record has all of its words.
inline std::uint64_t found_as_typed(const search::Results& results) {
  const bool replaced = results.corrected || results.words_matched != search::WordsMatched::all;
  return replaced ? 0 : results.total;
}

}  // namespace moisson::index
