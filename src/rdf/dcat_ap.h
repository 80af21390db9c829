// What DCAT-AP 3.0 demands of the nodes that a record only names: that they are of the class that is the property's range,
// and that a skos:Concept has a label (its SHACL shapes: dcat-ap-SHACL.ttl of the release). Pure.
#pragma once

#include "rdf/graph.h"

#include <moisson/core/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace moisson::rdf {

// The class of the property's values, which are nodes then and never literals; empty: DCAT-AP says nothing, or asks for
// a whole description (a distribution, a data set).
std::string_view range_of(std::string_view property);

// The property by which a node of that class says the word that stands for it: a name, a label, a notation.
std::string_view word_of(std::string_view range);

// Whether the property's values must be described where they are named (a distribution, a data set, a service).
bool wants_description(std::string_view property);

// A literal as DCAT-AP types it, text and datatype, where portals write another type and the text is of this one:
// "685246.0" as a byteSize. nullopt: it stays as it is.
std::optional<std::pair<std::string, std::string_view>> typed(std::string_view property, std::string_view text);

// Of a label that is no more than the end of its term's IRI ("LocalAuthority"), by which readers tell it from words
// that somebody gave (BCP 47: no linguistic content).
inline constexpr std::string_view no_language = "zxx";

// Adds to an indexed graph the types and labels that are missing, and indexes it again. A label is that of the EU's
// vocabulary, else the end of the term's IRI. What would itself have to be described is left as it is named. too_large:
// the graph's cap.
Result<void> complete_ranges(Graph& graph);

}  // namespace moisson::rdf
