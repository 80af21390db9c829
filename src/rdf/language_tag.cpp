#include "rdf/language_tag.h"

#include <moisson/core/lang_string.h>

namespace moisson::rdf {

bool is_language_tag(std::string_view text) {
  std::size_t size = 0;
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (size == 0) return false;
      size = 0;
      first = false;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if ((!letter && (first || c < '0' || c > '9')) || ++size > 8) return false;
  }
  return size != 0;
}

std::string_view mend_language(std::string_view text, std::string& out) {
  if (text.empty() || is_language_tag(text)) return text;
  out = language_tag(text);
  return is_language_tag(out) ? std::string_view(out) : std::string_view();
}

}  // namespace moisson::rdf
