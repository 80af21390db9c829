// Labels for blank nodes that depend on what is said about them and not on how a page named or ordered them, so that
// the same description gives the same bytes at every harvest. Nodes are told apart by hashing their surroundings in
// rounds; equal ones are split one after the other. This gives equal labels to isomorphic graphs except for contrived
// ones (RDFC-1.0 walks all choices there; here the first is taken), and for those that take more than five million looks
// at a triple: there the page's order decides. Pure.
#pragma once

#include "rdf/graph.h"

#include <span>
#include <string>
#include <unordered_map>

namespace moisson::rdf {

// "b0", "b1", … for each blank node of `triples`, which are of `graph`.
std::unordered_map<TermId, std::string> blank_labels(const Graph& graph, std::span<const Triple> triples);

}  // namespace moisson::rdf
