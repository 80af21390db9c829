// Any bytes as a page of N-Triples.
#include "fuzz.h"
#include "rdf_document.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_document(bytes, rdf::Syntax::ntriples); }

}  // namespace moisson::fuzz
