// What people call a language. The table is config/vocab/languages.tsv. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson {

// The name of the language tagged `tag` ("fr", "pt-BR") in French where `reader` is French, else in English;
// empty if the table does not know it.
std::string_view language_name(std::string_view tag, std::string_view reader);

// The address of a language in the EU authority table; empty if ours does not know it.
std::string language_iri(std::string_view tag);

// Another number whenever the table is another.
std::uint64_t language_table_version();

}  // namespace moisson
