// HTML cut into tags and texts, loosely, as browsers do (HTML §13.2.5), for the allow list of description.h. It never
// fails and reads each byte a bounded number of times; what it calls a text is to be escaped by the reader. Views into
// the input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::web {

struct HtmlToken {
  enum class Kind : std::uint8_t { text, start, end, nothing };  // nothing: a comment, a declaration, a broken tag
  Kind kind = Kind::nothing;
  std::string name;             // of a tag, lower case
  std::string_view text;        // of a text
  std::string_view attributes;  // of a start tag: what stands between its name and >
};

// Reads the token at `at` and moves `at` behind it; nullopt at the end.
std::optional<HtmlToken> next_token(std::string_view html, std::size_t& at);

// The value of the first attribute `name` (lower case), references resolved; empty if there is none.
std::string attribute(std::string_view attributes, std::string_view name);

// Moves `at` behind the end tag of `name`, or to the end if there is none.
void skip_element(std::string_view html, std::size_t& at, std::string_view name);

}  // namespace moisson::web
