// One RDF document, read and written again: what the fuzz targets of all syntaxes ask of it.
#pragma once

#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <optional>
#include <string_view>

namespace moisson::fuzz {

// The graph of a document, indexed; what could be read of it where it breaks off.
struct ReadGraph {
  rdf::Graph graph;
  bool whole = false;
};
ReadGraph read_graph(std::string_view document, rdf::Syntax syntax, std::size_t piece = 0);

// Reads leniently, strictly and in pieces, writes in all syntaxes, reads that again, and requires the same graph.
void check_document(std::string_view document, rdf::Syntax syntax);

}  // namespace moisson::fuzz
