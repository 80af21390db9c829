// Whether two graphs are the same but for the names of their blank nodes (RDF 1.1 §3.6). Exact: refines, then tries.
#pragma once

#include "rdf/graph.h"

namespace moisson::rdf {

bool isomorphic(const Graph& a, const Graph& b);

}  // namespace moisson::rdf
