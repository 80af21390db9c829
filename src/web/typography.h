// Typography: how a language sets its spaces and figures. French: Lexique des règles typographiques en usage à
// l'Imprimerie nationale. Pure; thread-safe.
#pragma once

#include "web/words.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::web {

// A French string with ordinary spaces → its no-break spaces: U+202F before ; ! ? % and inside « », U+00A0 before a
// colon. Only a space that is there is changed. Markup <…> and template markers {{…}} are left as they are.
std::string french(std::string_view text);

// A publisher's words, kept, but for a straight apostrophe between letters (’) and a hyphen between spaces (–).
std::string shown(std::string_view text);

// "Réussi" → "réussi": a word of a list inside a sentence. The first letter is ASCII or of two bytes in Latin-1's
// capitals.
std::string lower_first(std::string_view text);

// 80595 → "80 595" (U+202F) in French, "80,595" in English. Four figures are grouped too.
std::string number(const Words& words, std::uint64_t n);

// A decimal of the language with `digits` figures after the mark.
std::string decimal(const Words& words, double value, int digits);

// "1 octet", "38 ko", "14,2 Mo": powers of 1,000, at most one figure after the mark.
std::string bytes(const Words& words, std::uint64_t n);

// "48,85° N" for a latitude, "2,35° E" for a longitude.
std::string latitude(const Words& words, double degrees);
std::string longitude(const Words& words, double degrees);

}  // namespace moisson::web
