// Parts of a document in one syntax, for writer.h's document_*(). Private to the room.
#pragma once

#include "rdf/graph.h"

#include <moisson/core/result.h>

#include <string>
#include <string_view>

namespace moisson::rdf {

std::string turtle_head();  // every prefix of prefixes.h
std::string turtle_part(const Graph& graph, std::string_view label);

std::string rdf_xml_head();  // the same as namespaces; a part declares what else it needs
Result<std::string> rdf_xml_part(const Graph& graph, std::string_view label);

// Members of an array of nodes, with commas between them. Without prefixes: one that is also the scheme of an IRI of a
// later part ("geo:") would change what that IRI means.
std::string json_ld_part(const Graph& graph, std::string_view label);

// Lines, in the graph's order.
std::string ntriples_part(const Graph& graph, std::string_view label);

}  // namespace moisson::rdf
