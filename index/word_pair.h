// WordPair: two words that stand side by side in a text, stop words between them apart, as one of 16 million numbers. What a phrase is
// found by without the positions of every word: a document keeps the numbers of its pairs, and those documents are looked at that
// have all the words of the phrase. Two pairs may share a number: one record in some hundred thousand is taken wrongly. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

using PairNumber = std::uint32_t;

// Folded words, in their order; plurals do not matter.
PairNumber pair_number(std::string_view first, std::string_view second);

// Any order, any repeats: some three bytes each.
std::string encode_pairs(std::vector<PairNumber> pairs);

// `bytes`: of encode_pairs(); of other bytes the answer is either.
bool has_pair(std::string_view bytes, PairNumber pair);

}  // namespace moisson::index
