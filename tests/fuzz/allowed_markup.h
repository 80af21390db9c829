// What the markup of a description may hold: the promise of web/description.h, checked without its code.
#pragma once

#include <string_view>

namespace moisson::fuzz {

// Well-formed, no element or attribute beyond the list, links to the web or to a mailbox only.
void check_markup(std::string_view markup);

}  // namespace moisson::fuzz
