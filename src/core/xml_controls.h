// ControlFilter: what XML 1.0 §2.2 forbids (the controls but tab, line feed and carriage return, as bytes or as
// references like
// &#x3;) becomes blanks, so that one of them does not cost a portal its page. Every other byte keeps its place.
// Documents in UTF-16 pass as they are. One document, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::xml {

class ControlFilter {
 public:
  static constexpr std::size_t max_places = 20;

  // The next bytes to parse: a view into `piece` or into this object, until the next call. The beginning of a reference
  // at the end of a piece comes with the next one.
  std::string_view take(std::string_view piece);
  std::string_view rest();  // at the end of the document

  // line:column of each character replaced, from 1, the column in bytes; the first max_places of the document.
  const std::vector<std::string>& places() const { return places_; }

 private:
  std::string_view filter(std::string_view text);
  void note(std::string_view text, std::size_t at);

  std::string held_;    // the beginning of a reference
  std::string buffer_;  // what take() gave, where it is not its piece
  std::vector<std::string> places_;
  std::uint64_t lines_ = 0;       // line breaks before the text in hand
  std::uint64_t line_bytes_ = 0;  // of its first line, before it
  bool begun_ = false;
  bool wide_ = false;
};

}  // namespace moisson::xml
