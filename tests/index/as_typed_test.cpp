#include "index/as_typed.h"

#include <gtest/gtest.h>

namespace moisson::index {
namespace {

using search::WordsMatched;

TEST(FoundAsTyped, CountsNothingThatWasShownInItsPlace) {
  struct Case {
    std::uint64_t total;
    bool corrected;
    WordsMatched words;
    std::uint64_t found;
  };
  const Case cases[] = {
      {0, false, WordsMatched::all, 0},   {12, false, WordsMatched::all, 12}, {12, true, WordsMatched::all, 0},
      {12, false, WordsMatched::most, 0}, {12, false, WordsMatched::any, 0},
  };
  for (const Case& c : cases) {
    search::Results results;
    results.total = c.total;
    results.corrected = c.corrected;
    results.words_matched = c.words;
    EXPECT_EQ(found_as_typed(results), c.found);
  }
}

}  // namespace
}  // namespace moisson::index
