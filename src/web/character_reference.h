// Character references of HTML ("&eacute;", "&#233;", "&#xE9;") → UTF-8: numbers, Latin-1 names and the punctuation
// that portals write. Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::web {

// The text with its references resolved. Unknown names stay as they are; forbidden code points become U+FFFD. Decodes
// once.
std::string decode_references(std::string_view text);

}  // namespace moisson::web
