// Any bytes as a page of JSON-LD.
#include "fuzz.h"
#include "rdf_document.h"

namespace moisson::fuzz {

void read(std::string_view bytes) { check_document(bytes, rdf::Syntax::json_ld); }

}  // namespace moisson::fuzz
