// A family as one of its records sees it, for Store::family(). Inside a transaction; throws Failure.
#pragma once

#include "store/sqlite.h"
#include "store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace moisson::store {

// Nothing: there is no live record of this id.
std::optional<std::vector<FamilyCopy>> read_family(sqlite::Database& database, std::string_view id);

}  // namespace moisson::store
