// Writers of RDF: N-Triples canonical and sorted, Turtle, RDF/XML and JSON-LD for people and tools. Pure; thread-safe.
#pragma once

#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <span>
#include <string>
#include <string_view>

namespace moisson::rdf {

// One term, or one line with its dot and line break, as canonical N-Triples (RDF 1.1 N-Triples §4).
void append_ntriples(const TermView& term, std::string& out);
void append_ntriples(const TermView& subject, const TermView& predicate, const TermView& object, std::string& out);

// The triples of `graph` (or the chosen ones, in any order) as sorted lines with labels by blank_labels.h: isomorphic
// graphs give equal bytes.
std::string write_ntriples(const Graph& graph);
std::string write_ntriples(const Graph& graph, std::span<const Triple> triples);

// Turtle with the prefixes of prefixes.h that are used; a blank node that is met once stands inside its object.
std::string write_turtle(const Graph& graph);

// RDF/XML. unsupported: a predicate that cannot be an XML name (RDF 1.1 XML Syntax §6.2), named.
Result<std::string> write_rdf_xml(const Graph& graph);

// JSON-LD 1.1 with a context of the prefixes that are used, one node after the other under @graph; a blank node that is
// met once stands inside its object.
std::string write_json_ld(const Graph& graph);

// By syntax. `graph` is indexed.
Result<std::string> write(const Graph& graph, Syntax syntax);

// One document written in parts, a graph each, so that no more than one is in memory: head, parts, tail. What a part
// looks like depends on its graph and label alone. `label` is put before the labels of the graph's blank nodes, which are
// this part's own: letters and digits, a letter last, another one for each part.
std::string document_head(Syntax syntax);
Result<std::string> document_part(const Graph& graph, Syntax syntax, std::string_view label, bool first);
std::string document_tail(Syntax syntax);

}  // namespace moisson::rdf
