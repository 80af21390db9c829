// Which language a text is in, by its letters. The door to CLD2. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace moisson::dcat {

// BCP 47; empty where it cannot be told: less than 50 letters, mixed, or a language that config/vocab/languages.tsv does not hold.
// Valid UTF-8, plain or HTML; the first 400 bytes are read. `likely`: BCP 47, which to prefer of near ones; may be empty.
std::string guess_language(std::string_view text, std::string_view likely);

}  // namespace moisson::dcat
