// Which syntax of RDF a page is written in: its content says first, then its media type, then its name, because
// portals label Turtle as text/plain and RDF/XML as text/html. Pure, thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace moisson::rdf {

enum class Syntax : std::uint8_t { turtle, ntriples, rdf_xml, json_ld };

std::string_view to_string(Syntax syntax);   // "Turtle"
std::string_view media_type(Syntax syntax);  // "text/turtle"

// From an option or a path's ending: "ttl", "turtle", "nt", "rdf", "xml", "jsonld", "json-ld" …
std::optional<Syntax> syntax_of_extension(std::string_view extension);
std::optional<Syntax> syntax_of_media_type(std::string_view header);

// What the first bytes of a page (some KiB are enough) are. Nothing: they do not tell, ask the other two.
// refused: an HTML page (a login, a challenge, the portal's own pages); unsupported: another format, named.
std::optional<Result<Syntax>> syntax_of_content(std::string_view head);

// All three together. `address`: a URL or file name. invalid_input: nothing tells.
Result<Syntax> recognise(std::string_view head, std::string_view content_type, std::string_view address);

// What to ask servers for, best first.
inline constexpr std::string_view accept_header =
    "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1";

}  // namespace moisson::rdf
