// Any bytes as text: cleaned, folded, cut, split into words.
#include "core/text.h"

#include "core/text_position.h"
#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const std::string clean = clean_utf8(bytes);
  require(is_utf8(clean), "clean text is UTF-8");
  bool changed = true;
  require(clean_utf8(clean, &changed) == clean && !changed, "clean text stays as it is");

  for (const std::string_view text : {bytes, std::string_view(clean)}) {
    const std::string folded = fold(text);
    require(is_utf8(folded), "folded text is UTF-8");
    require(fold(folded) == folded, "folding twice is folding once");
    std::size_t reached = 0;
    for (const Word& word : words(text)) {
      require(reached <= word.begin && word.begin < word.end && word.end <= text.size(), "words stand in order");
      require(!word.folded.empty() && word.folded.size() <= 64 && is_utf8(word.folded), "a word is short, and UTF-8");
      reached = word.end;
    }
    require(words(text, 3).size() <= 3, "words are capped");
  }
  for (const std::size_t bytes_wanted : {0UL, 1UL, 7UL, 64UL}) {
    const std::string_view piece = cut(clean, bytes_wanted);
    require(piece.size() <= bytes_wanted && is_utf8(piece), "a cut stands between characters");
    require(is_utf8(shorten(clean, bytes_wanted)), "shortened text is UTF-8");
  }
  static_cast<void>(cut(bytes, 9));
  static_cast<void>(shorten(bytes, 9));
  static_cast<void>(trim(bytes));
  static_cast<void>(nearest(bytes, {"title", "publisher", "format"}));
  static_cast<void>(position_of(bytes, bytes.size() / 2));
  std::size_t parts = 0;
  for (const std::string_view part : split(bytes, ',')) parts += part.size() + 1;
  require(parts == bytes.size() + 1, "splitting loses nothing");
}

}  // namespace moisson::fuzz
