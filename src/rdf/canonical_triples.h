// CanonicalTriples: triples in the order of their canonical N-Triples lines, with the blank nodes' labels by
// blank_labels.h: isomorphic graphs give equal lines, whatever the order and labels of their documents. Pure.
#pragma once

#include "rdf/graph.h"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace moisson::rdf {

struct CanonicalTriples {
  std::string lines;            // RDF 1.1 N-Triples §4, sorted, each once
  std::vector<Triple> triples;  // one a line
  std::unordered_map<TermId, std::string> labels;
};

CanonicalTriples canonical_triples(const Graph& graph, std::span<const Triple> triples);

}  // namespace moisson::rdf
