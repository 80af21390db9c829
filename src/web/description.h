// Description: what a publisher wrote about its data, made safe to stand in a page. Markdown goes through cmark-gfm;
// HTML is taken as it is; both end in one allow list (sanitise), which is the only thing that has to be right. Pure;
// thread-safe; linear in the input.
#pragma once

#include "web/model.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace moisson::web {

// More of one description is cut, at a character.
inline constexpr std::size_t max_description_bytes = 64 * 1024;

// Whether a description is meant as HTML: it holds a closing tag, or a <br> or <p>, of the allow list, and no marks of Markdown
// (which may hold HTML, too).
bool looks_like_html(std::string_view text);

// The description as markup: balanced, only p, br, ul, ol, li, em, strong, code, pre, blockquote, headings (from h3
// down), tables and links; links are http, https or mailto and carry rel. Images become links to them: a page calls no
// third party.
Html describe(std::string_view text);

// The allow list alone. Every tag that is not on it goes and its text stays, but for script, style and the like, whose
// text goes too. Output is balanced and well-formed XML.
Html sanitise(std::string_view html);

}  // namespace moisson::web
