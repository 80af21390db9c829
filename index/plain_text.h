// Markdown and HTML descriptions as plain text for words, snippets and result lists. Thread-safe; never fails.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace moisson::index {

// Tags, comments, script and style bodies, Markdown marks and link targets dropped, common entities decoded, blanks
// collapsed. Reads at most `limit` bytes. Not a sanitiser: the result is text and must be escaped like any other.
std::string plain_text(std::string_view markup, std::size_t limit);

}  // namespace moisson::index
