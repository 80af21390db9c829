// ElementStream: the elements of chosen arrays of a JSON text that arrives in pieces, by quotes and brackets alone:
// each is handed over with its exact bytes before anything is parsed, so that one malformed element does not cost the
// others, and memory holds one element, not the text. One text a stream, one thread.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::json {

struct StreamedElement {
  std::string_view bytes;    // without blanks around it; valid during the call only
  std::uint64_t offset = 0;  // of its first byte in the text
  std::size_t array = 0;     // which of the pointers
  std::size_t index = 0;     // in its array
  bool whole = true;         // false: it passed the cap, and `bytes` is its beginning
};

class ElementStream {
 public:
  // What the text holds at a pointer.
  enum class Place : std::uint8_t { absent, no_array, open, closed };

  struct Limits {
    std::size_t element_bytes = std::size_t{16} << 20;
    std::size_t envelope_bytes = std::size_t{1} << 20;  // 0: the envelope is not kept
  };

  // Deeper brackets than these inside one value end the stream: what is deeper than json::max_depth costs its element
  // alone, and this much only memory.
  static constexpr std::size_t max_nesting = 1'000'000;

  // An Error stops the stream and is returned.
  using Sink = std::function<Result<void>(const StreamedElement&)>;

  // `pointers` (RFC 6901) to arrays, none inside another; "" is the root. A name that repeats goes on with its array.
  ElementStream(std::vector<std::string> pointers, Limits limits, Sink sink);

  // invalid_input, with line:column (bytes, from 1) in `where`: the brackets disagree; too_large: they nest too deep. What
  // stood before was handed over.
  Result<void> feed(std::string_view piece);
  // invalid_input: the text ended before its value did.
  Result<void> finish();

  Place place(std::size_t pointer) const { return places_[pointer]; }
  std::uint64_t offset() const { return offset_; }  // of the next byte, or of the one that is wrong

  // The text with those arrays empty: what the page says beside its elements. Empty if it passed its cap.
  const std::string& envelope() const { return envelope_; }

 private:
  enum class State : std::uint8_t {
    value,
    key,
    name,
    colon,
    next,
    skipped,
    before_element,
    element,
    after_element,
    done
  };
  struct Level {
    char closer;
    std::size_t index = 0;
  };

  Result<void> step(const char*& at, const char* end);
  void open_value(char c);
  Result<void> close_level(const char* at);
  Result<void> end_element(std::string_view part);
  void keep(std::string_view part);
  void take_name();
  bool matches(std::size_t pointer) const;
  // Passes the value under way, up to the comma or bracket after it; false: the piece ended first.
  Result<bool> skip(const char*& at, const char* end);
  bool skip_string(const char*& at, const char* end);
  void surround(std::string_view text);
  Error wrong(std::string message, const char* at);
  std::string position() const;  // of offset_

  std::vector<std::vector<std::string>> wanted_;  // tokens of each pointer
  std::vector<Place> places_;
  std::vector<std::size_t> counts_;
  Limits limits_;
  Sink sink_;
  std::size_t deepest_ = 0;  // tokens of the longest pointer

  State state_ = State::value;
  bool first_ = true;              // of an object or array: it may close here
  std::vector<Level> levels_;      // around the wanted arrays
  std::vector<std::string> path_;  // the token of each level
  std::string name_;               // of the member under way, quoted
  std::string nested_;             // closing brackets awaited inside a value, innermost last
  bool in_string_ = false;
  bool escaped_ = false;   // the piece before ended in an odd number of backslashes
  std::size_t array_ = 0;  // the wanted array under way
  std::string element_;    // its element's bytes from earlier pieces
  bool element_whole_ = true;
  std::uint64_t element_offset_ = 0;
  const char* piece_ = nullptr;  // under way, and where it begins in the text
  std::uint64_t piece_offset_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t lines_ = 0;       // line breaks before the piece
  std::uint64_t line_start_ = 0;  // the byte that the line of the piece's first byte begins with
  std::string envelope_;
  bool envelope_cut_ = false;
};

}  // namespace moisson::json
