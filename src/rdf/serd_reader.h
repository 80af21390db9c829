// The door to serd's reader: Turtle (RDF 1.1 Turtle) and N-Triples. serd does not resume after a syntax error.
#pragma once

#include "rdf/reader.h"

namespace moisson::rdf {

// `syntax`: turtle or ntriples. A single statement may have 256 MiB.
std::unique_ptr<Reader> make_serd_reader(Syntax syntax, std::string_view base, TripleSink& sink,
                                         const ReadOptions& options);

}  // namespace moisson::rdf
