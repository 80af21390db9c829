// The reader of JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/, to RDF as https://www.w3.org/TR/json-ld11-api/ §8.1
// says). The document is read whole: what is not JSON to its end gives no triple.
#pragma once

#include "rdf/reader.h"

namespace moisson::rdf {

inline constexpr std::size_t max_json_ld_bytes = std::size_t{128} << 20;  // of a document: it is in memory as a whole

// too_large: beyond max_json_ld_bytes or a cap of core/json. Remote contexts: only options.contexts.
std::unique_ptr<Reader> make_json_ld_reader(std::string_view base, TripleSink& sink, const ReadOptions& options);

}  // namespace moisson::rdf
