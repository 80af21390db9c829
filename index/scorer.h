// Scorer: the text score of documents for a plan: BM25, term by term, into one number for each row. Exact for every
// document at about a nanosecond a posting, so nothing has to be guessed about which documents could be among the best.
// One question, one thread. Throws Xapian::Error.
#pragma once

#include "index/query_builder.h"
#include "index/state.h"

#include <span>
#include <vector>

namespace moisson::index {

// The scores of `rows` (ascending, distinct, all found by plan.must), in their order.
std::vector<float> text_scores(const State& state, Handle& handle, const Plan& plan, std::span<const Row> rows);

}  // namespace moisson::index
