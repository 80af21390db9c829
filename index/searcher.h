// Searcher: one question to one state, in two passes: the best by weight (Xapian, pruned), and the exact set of matching
// documents as a bitmap, from which the total and the facets come. Without text the first pass falls away and pages come
// from the rankings. One thread; throws Xapian::Error.
#pragma once

#include "index/state.h"

#include <moisson/core/result.h>
#include <moisson/search/query.h>
#include <moisson/search/results.h>

namespace moisson::index {

Result<search::Results> search(const State& state, Handle& handle, const search::Query& query);

}  // namespace moisson::index
