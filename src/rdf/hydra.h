// Paging of a catalog by Hydra, in its old vocabulary (hydra:PagedCollection, nextPage) and its new one
// (hydra:PartialCollectionView, next; https://www.hydra-cg.com/spec/latest/core/). Pure.
#pragma once

#include "rdf/graph.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::rdf {

struct Paging {
  std::string next;                    // absolute; empty: this page names none
  std::string last;                    // absolute; empty: not told
  std::optional<std::uint64_t> total;  // items of the whole collection
};

// `page_url`: where the graph was read from; of several views on one page, the one about it counts.
Paging paging(const Graph& graph, std::string_view page_url);

}  // namespace moisson::rdf
