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
      break;
  }
  return Error{ErrorCode::unsupported, std::string(to_string(syntax)) + " cannot be written", "", ""};
}

}  // namespace moisson::rdf
