// The leaves of a JSON document: what it says, one place a line, for people to compare. Pure.
#pragma once

#include "core/json.h"

#include <cstddef>
#include <string>
#include <vector>

namespace moisson::web {

struct Leaf {
  std::string pointer;  // RFC 6901
  std::string value;    // as written, without a string's quotes
};

// The first `most`, in the document's order; null and empty ones are left out.
std::vector<Leaf> leaves(json::View root, std::size_t most);

}  // namespace moisson::web
