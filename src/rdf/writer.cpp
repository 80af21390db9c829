#include "rdf/writer.h"

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

}  // namespace moisson::rdf
