// Text that should be UTF-8 and is partly or wholly windows-1252, as files made by hand and by old exports are.
// Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson {

// Every sequence that is UTF-8 stays; each other byte becomes the character that windows-1252 gives it (WHATWG
// Encoding, index windows-1252: the five unassigned bytes are the control characters of their numbers).
std::string utf8_from_windows_1252(std::string_view bytes);

// The character that a control code of 0x80 to 0x9F stands for where a text was decoded as Latin-1 that is
// windows-1252: U+0092 for ’. A code that windows-1252 leaves unassigned is itself.
char32_t windows_1252_character(char32_t control);

}  // namespace moisson
