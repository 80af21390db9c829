// Any bytes as a page of Turtle.
#include "fuzz.h"
#include "rdf_document.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_document(bytes, rdf::Syntax::turtle); }

}  // namespace moisson::fuzz
