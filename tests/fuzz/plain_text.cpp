// Any bytes as the description of a record, on its way to words and snippets.
#include "index/plain_text.h"

#include "core/text.h"
#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  static_cast<void>(index::plain_text(bytes, bytes.size()));
  const std::string clean = clean_utf8(bytes);
  for (const std::size_t limit : {std::size_t{16}, clean.size()}) {
    const std::string text = index::plain_text(clean, limit);
    require(is_utf8(text), "plain text is UTF-8");
    require(text.find("  ") == std::string::npos, "blanks are collapsed");
  }
}

}  // namespace moisson::fuzz
