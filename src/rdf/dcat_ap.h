// What DCAT-AP 3.0 demands of the nodes that a record only names: that they are of the class that is the property's range,
// and that a skos:Concept has a label (its SHACL shapes: dcat-ap-SHACL.ttl of the release). Pure.
#pragma once

#include "rdf/graph.h"

#include <moisson/core/result.h>

#include <string_view>

namespace moisson::rdf {

// The class of the property's values, which are nodes then and never literals; empty: DCAT-AP says nothing, or asks for
// a whole description (a distribution, a data set).
std::string_view range_of(std::string_view property);

// The property by which a node of that class says the word that stands for it: a name, a label, a notation.
std::string_view word_of(std::string_view range);

// Adds to an indexed graph the types and labels that are missing, and indexes it again. A label is that of the EU's
// vocabulary; other terms keep to what is said of them. What would itself have to be described (a data set, a series, a service) is
// left as it is named. too_large: the graph's cap.
Result<void> complete_ranges(Graph& graph);

}  // namespace moisson::rdf
