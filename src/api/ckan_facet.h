// The values of CKAN's facets over the index: what package_search counts, and what lists of organizations, groups and
// tags are made of. Thread-safe.
#pragma once

#include "api/ckan_action.h"

#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::api::ckan {

struct FacetItem {
  std::string name;
  std::string display_name;
  std::string value;  // ours
  std::uint64_t count = 0;
};

// The items of `facet` by CKAN's words for its field, values that CKAN sees as one added up; most frequent first.
std::vector<FacetItem> items_of(std::string_view ckan_field, const search::Facet& facet);

// Every value of a field in the whole catalog, by display name in folded order; those whose name or display name holds
// folded `part`.
Outcome<std::vector<FacetItem>> all_values(const Call& call, std::string_view ckan_field, std::string_view part = {});

// The value of that name (or of that title, if no name is it). Not Found Error.
Outcome<FacetItem> value_named(const Call& call, std::string_view ckan_field, std::string_view name);

}  // namespace moisson::api::ckan
