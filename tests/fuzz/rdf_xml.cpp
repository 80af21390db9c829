// Any bytes as a page of RDF/XML.
#include "fuzz.h"
#include "rdf_document.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_document(bytes, rdf::Syntax::rdf_xml); }

}  // namespace moisson::fuzz
