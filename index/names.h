// Names: what a record is called as a whole, as keys that are compared for equality: its titles and alternative names, a
// title's part before a dash or a colon, what it holds in brackets if that is an acronym, and the title without it.
// "Répertoire national des associations (RNA) - 2024" → "repertoire national association", "rna" … Pure.
#pragma once

#include <moisson/core/lang_string.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::index {

// The content words of a text, each without the s or x of its plural. Stop words alone stay.
std::vector<std::string> name_words(std::string_view text);
std::string light_plural(std::string folded);

// name_words with blanks between them; empty for a text without words.
std::string name_key(std::string_view text);
std::string name_key(std::span<const std::string> folded);

// Distinct keys, at most 16.
std::vector<std::string> names(const LangStrings& titles, const LangStrings& alternatives);

}  // namespace moisson::index
