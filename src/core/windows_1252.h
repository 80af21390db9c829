// Text that should be UTF-8 and is partly or wholly windows-1252, as files made by hand and by old exports are.
// Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson {

// Every sequence that is UTF-8 stays; each other byte becomes the character that windows-1252 gives it (WHATWG
// Encoding, index windows-1252: the five unassigned bytes are the control characters of their numbers).
std::string utf8_from_windows_1252(std::string_view bytes);

}  // namespace moisson
