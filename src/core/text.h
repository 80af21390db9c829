// UTF-8 text: validity, folding, words, cutting. Thread-safe.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace moisson {

bool is_utf8(std::string_view text);

// Invalid sequences become U+FFFD, U+0080 to U+009F what they are in windows-1252, where they come from ("l\u0092eau" is
// "l’eau"); what XML cannot hold, U+007F and what windows-1252 leaves open is dropped; `changed` tells.
std::string clean_utf8(std::string_view text, bool* changed = nullptr);

// A field of a portal's template and nothing else ("{{description}}"): what stands where nothing was put into it.
bool is_template_field(std::string_view text);

// Case, accents and compatibility forms folded away: "Élections" → "elections", "œuvre" → "oeuvre", "Straße" → "strasse".
// utf8proc (NFKD, strip marks, casefold) and a small table (œ æ ß ø ł đ ı). Apostrophes become ', dashes -.
std::string fold(std::string_view text);

// A word of a text, folded, and where it stood (bytes in the original).
struct Word {
  std::string folded;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The words of a text: letters and digits; French and Italian elisions are split off (l' d' qu' n' s' j' c' m' t' lorsqu'
// puisqu' dell' …) and dropped, except aujourd'hui; hyphens separate. A word is at most 64 bytes folded (cut).
// At most `limit` words.
std::vector<Word> words(std::string_view text, std::size_t limit = 100'000);

// At most `bytes` bytes, cut between characters.
std::string_view cut(std::string_view text, std::size_t bytes);

// At most `characters` characters, at a word's end, with … if cut. Blanks collapsed.
std::string shorten(std::string_view text, std::size_t characters);

std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
bool iequals_ascii(std::string_view a, std::string_view b);
std::vector<std::string_view> split(std::string_view text, char separator);  // views into `text`; empty parts kept
template <std::same_as<std::string> Temporary>
void split(Temporary&& text, char separator) = delete;  // the views would outlive it

// The known word nearest to `word` by edit distance (at most a third of its length); empty: none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace moisson
