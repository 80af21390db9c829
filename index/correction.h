// Correction: what somebody may have meant, in the catalog's own words. A word that no record has is replaced by the nearest that
// titles have, or by the two that it is written of; a very rare one is left, but another is proposed. Throws Xapian::Error.
#pragma once

#include "index/query_text.h"
#include "index/state.h"

#include <string>
#include <string_view>

namespace moisson::index {

struct Correction {
  std::string text;     // the question, corrected, with its accents; empty: nothing to correct
  bool needed = false;  // a word of it is in no record
};

Correction corrected(const State& state, Handle& handle, std::string_view typed, const QueryText& text);

}  // namespace moisson::index
