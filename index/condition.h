// The documents of which a search::Condition is true, by postings where there is a term, else by a pass over the column.
#pragma once

#include "index/postings.h"
#include "index/state.h"

#include <moisson/search/condition.h>

namespace moisson::index {

// A tree beyond search::most_conditions or deepest_condition is a mistake of the caller. Throws Xapian::Error.
Rows rows_of(const State& state, Handle& handle, const search::Condition& condition);

// Whether folded `text` fits a folded `pattern` of '*' (any run) and '?' (any one byte). Linear but for backtracking to
// the last '*'.
bool fits(std::string_view pattern, std::string_view text);

}  // namespace moisson::index
