// package_search and what shares its way of reading the catalog. Pure but for the snapshot and the store.
#pragma once

#include "api/ckan_action.h"

#include <moisson/search/query.h>

#include <cstdint>
#include <string>
#include <vector>

namespace moisson::api::ckan {

inline constexpr std::uint64_t most_rows = 1'000;

// What package_search asks of the index, facets apart. Errors as CKAN has them.
Outcome<search::Query> search_query(const Call& call);

// The ids of the results of `query`, which is made keys_only; `total` if wanted.
Outcome<std::vector<std::string>> ids_of(const Call& call, search::Query query, std::uint64_t* total = nullptr);

}  // namespace moisson::api::ckan
