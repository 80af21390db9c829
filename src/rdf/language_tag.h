// Language tags of literals (RDF 1.1 §3.3, RFC 5646 §2.1), as far as Turtle and N-Triples ask: letters, then letters
// and digits, in parts of one to eight between hyphens. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson::rdf {

bool is_language_tag(std::string_view text);

// What a writer puts: `text` where it is a tag; the tag that "fr_FR", "fr-" or "Français" mean to who maps them, in
// `out`, so that what is written maps to the same; empty for what means none.
std::string_view mend_language(std::string_view text, std::string& out);

}  // namespace moisson::rdf
