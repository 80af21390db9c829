// Text with its language, as RDF's language-tagged literals hold it (RDF 1.1 §3.3). Values.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace moisson {

struct LangString {
  std::string value;     // UTF-8, NFC as received
  std::string language;  // BCP 47, lower case primary subtag ("fr", "pt-BR"); empty: not stated

  auto operator<=>(const LangString&) const = default;
};

// Every literal in every language it came in. Order is as received; canonical JSON sorts.
using LangStrings = std::vector<LangString>;

// The text to show a reader of `language`: that language (or a regional variant), else an untagged text,
// else `fallback`'s, else the first; nullptr only if there is none. The pointer is into `strings`.
const LangString* best(const LangStrings& strings, std::string_view language, std::string_view fallback = "fr");

// A usable BCP 47 tag from what portals send ("FR", "fr_FR", "fra", "français", an EU language IRI); empty if unknown.
std::string language_tag(std::string_view spelled);

}  // namespace moisson
