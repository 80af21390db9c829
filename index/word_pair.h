// WordPair: two words that stand side by side in a text, stop words between them apart, as one of 262,144 terms: what a phrase is
// found by without the positions of every word, at a third of their price. Two pairs may share a term: with both words asked for
// beside it, a record that has them elsewhere is taken for one that has them together in less than one case in a thousand. Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::index {

// Folded words, in their order; plurals do not matter.
std::string pair_term(std::string_view first, std::string_view second);

}  // namespace moisson::index
