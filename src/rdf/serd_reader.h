// The door to serd's reader: Turtle (RDF 1.1 Turtle) and N-Triples. serd does not resume after a syntax error.
#pragma once

#include "rdf/reader.h"

namespace moisson::rdf {

inline constexpr std::size_t max_statement_bytes = std::size_t{64} << 20;
// Bytes of a document that are read a second time because a statement before them broke the syntax.
inline constexpr std::size_t max_bytes_again = std::size_t{256} << 20;
inline constexpr std::size_t max_prefixes = 10'000;  // of a document; serd looks through all of them for each name

// `syntax`: turtle or ntriples. too_large beyond these caps and those of statement_scanner.h.
std::unique_ptr<Reader> make_serd_reader(Syntax syntax, std::string_view base, TripleSink& sink,
                                         const ReadOptions& options);

}  // namespace moisson::rdf
