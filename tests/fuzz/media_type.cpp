// Any bytes as Content-Type, Accept, Accept-Language, and as the language that a portal states.
#include "core/media_type.h"

#include "fuzz.h"

#include <moisson/core/lang_string.h>

#include <algorithm>
#include <array>

namespace moisson::fuzz {

void read(std::string_view bytes) {
  static constexpr std::array<std::string_view, 3> types{"text/html", "application/json", "text/turtle"};
  static constexpr std::array<std::string_view, 2> languages{"fr", "en"};
  const MediaType type = parse_media_type(bytes);
  require(type.type.empty() || type.type.find('/') != std::string::npos, "a media type has two parts");
  const int chosen = negotiate(bytes, types);
  require(chosen >= -1 && chosen < static_cast<int>(types.size()), "what is chosen was offered");
  const std::string_view language = negotiate_language(bytes, languages);
  require(std::find(languages.begin(), languages.end(), language) != languages.end(), "the language was offered");
  const std::string tag = language_tag(bytes);
  require(language_tag(tag) == tag, "a language tag stands for itself");
}

}  // namespace moisson::fuzz
