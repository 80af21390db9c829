// Content negotiation (RFC 9110 §12.5.1) of the addresses that have one document in several formats: which format's own
// address a reader is sent to. Pure.
#pragma once

#include <string_view>

namespace moisson::links {

// "html", "json", or the ending of a syntax of RDF ("ttl", "rdf", "jsonld", "nt") that the Accept header likes best; `standard`,
// which is one of them, where it likes that as much or nothing of all this.
std::string_view wanted_format(std::string_view accept, std::string_view standard);

}  // namespace moisson::links
