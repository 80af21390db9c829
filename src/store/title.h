// The title by which a report names a stored record. Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::store {

// The first title of a record's canonical JSON, at most 200 bytes; empty if it has none.
std::string title_of(std::string_view json);

}  // namespace moisson::store
