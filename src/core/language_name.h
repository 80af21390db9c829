// What people call a language. The table is config/vocab/languages.tsv. Thread-safe.
#pragma once

#include <string_view>

namespace moisson {

// The name of the language tagged `tag` ("fr", "pt-BR") in French where `reader` is French, else in English;
// empty if the table does not know it.
std::string_view language_name(std::string_view tag, std::string_view reader);

}  // namespace moisson
