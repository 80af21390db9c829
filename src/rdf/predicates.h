// Which predicates of a graph say what a property of DCAT says: the right one first, then what portals write instead
// (Dublin Core elements, schema.org in both spellings, older vCard, dct:licence …). Not thread-safe: it remembers.
#pragma once

#include "rdf/graph.h"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::rdf {

// The predicates that may stand for `property`, best first, itself included.
std::vector<std::string_view> spellings(std::string_view property);

class Predicates {
 public:
  explicit Predicates(const Graph& graph) : graph_(graph) {}

  // Those of spellings() that the graph uses. `property` lives as long as this object (a constant).
  const std::vector<TermId>& operator()(std::string_view property);

 private:
  const Graph& graph_;
  std::unordered_map<std::string_view, std::vector<TermId>> known_;
};

}  // namespace moisson::rdf
