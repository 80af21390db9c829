// Which predicates of a graph say what a property of DCAT says: the right one first, then what portals write instead
// (Dublin Core elements, schema.org in both spellings, older vCard, dct:licence …). Thread-safe.
#pragma once

#include "rdf/graph.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace moisson::rdf {

// The predicates that may stand for `property`, best first, itself included.
std::vector<std::string_view> spellings(std::string_view property);

class Predicates {
 public:
  // A property that records are read by, as a number, so that nothing is searched for while they are.
  using Number = std::uint16_t;
  // `property` is one of moisson/dcat/properties.h or of the table of spellings; "" has a number that nothing spells.
  static Number number(std::string_view property);

  explicit Predicates(const Graph& graph);  // indexed

  // Those of spellings() that the graph uses.
  std::span<const TermId> operator()(Number property) const;
  std::span<const TermId> operator()(std::string_view property) const { return (*this)(number(property)); }

 private:
  std::vector<TermId> used_;           // those of the first property, of the second …
  std::vector<std::uint32_t> begins_;  // of each property in used_; one more for the end
};

}  // namespace moisson::rdf
