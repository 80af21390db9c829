// Counts of one facet over a set of documents. Pure; thread-safe.
#pragma once

#include "index/families.h"

#include <moisson/search/results.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

// What is wanted of a facet.
struct FacetWish {
  search::Field field;
  std::uint32_t size = 10;                // most values
  std::span<const std::string> selected;  // always among the values, with 0 if need be
  std::string_view language;              // of the labels
};

// Documents, ascending, all present; and how often each value is counted among them again for a family that counts once
// with it (index/families.h), by value.
struct Counting {
  std::span<const Row> rows;
  std::span<const ValueCount> again;
};
search::Facet count_facet(const FacetColumn& column, const FacetWish& wish, const Counting& over);

// Over every document but these rows: cheaper where they are fewer. `again`: among those that are left. With neither,
// the counts are those kept ready.
search::Facet count_facet_without(const FacetColumn& column, const FacetWish& wish, const Counting& left_out);

}  // namespace moisson::index
