// IRI references inside RDF documents (RFC 3986 §5.2, RFC 3987 §6.5): as strings, nothing encoded or normalised,
// because RDF compares IRIs character by character (RDF 1.1 §3.2). Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson::rdf {

// Begins with a scheme and a colon (RFC 3986 §3.1).
bool has_scheme(std::string_view reference);

// The IRI that `reference` means in a document at `base`. An absolute reference comes back as it is; so does any
// reference where `base` has no scheme.
std::string resolve_iri(std::string_view base, std::string_view reference);

// `text` with the bytes that no IRI may hold (blanks, controls, <>"{}|\^`, RFC 3987 §2.2) percent-encoded, as browsers
// mend them; in `out` if there were any, else `text` itself.
std::string_view mend_iri(std::string_view text, std::string& out);

// `text` without its fragment; a view into it.
std::string_view without_fragment(std::string_view text);

}  // namespace moisson::rdf
