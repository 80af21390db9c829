#include "rdf/writer.h"

#include "rdf/document_parts.h"

namespace moisson::rdf {

Result<std::string> write(const Graph& graph, Syntax syntax) {
  switch (syntax) {
    case Syntax::turtle:
      return write_turtle(graph);
    case Syntax::ntriples:
      return write_ntriples(graph);
    case Syntax::rdf_xml:
      return write_rdf_xml(graph);
    case Syntax::json_ld:
      return write_json_ld(graph);
  }
  return Error{ErrorCode::internal, "no writer of this syntax", "", ""};
}

std::string document_head(Syntax syntax) {
  switch (syntax) {
    case Syntax::turtle:
      return turtle_head();
    case Syntax::rdf_xml:
      return rdf_xml_head();
    case Syntax::json_ld:
      return "{\"@graph\":[";
    case Syntax::ntriples:
      break;
  }
  return {};
}

Result<std::string> document_part(const Graph& graph, Syntax syntax, std::string_view label, bool first) {
  switch (syntax) {
    case Syntax::turtle:
      return turtle_part(graph, label);
    case Syntax::rdf_xml:
      return rdf_xml_part(graph, label);
    case Syntax::json_ld:
      return (first ? "\n" : ",\n") + json_ld_part(graph, label);
    case Syntax::ntriples:
      break;
  }
  return ntriples_part(graph, label);
}

std::string document_tail(Syntax syntax) {
  if (syntax == Syntax::rdf_xml) return "</rdf:RDF>\n";
  return syntax == Syntax::json_ld ? "\n]}\n" : "";
}

}  // namespace moisson::rdf
