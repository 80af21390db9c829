// StatementScanner: walks Turtle or N-Triples ahead of serd, aware of strings, IRIs and comments, for three reasons:
// it counts the nesting of [ and ( (serd 0.30 recurses on it and overflows the stack at some 10,000), it finds the
// ends of statements, so that a document can be read in blocks, and it refuses IRIs and strings that do not end (serd
// 0.30 looks for their end for ever, in memory that is not the document's). It checks no other grammar.
// Single-threaded.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace moisson::rdf {

class StatementScanner {
 public:
  static constexpr std::size_t max_depth = 128;

  // The next bytes, in order. too_large with line:column for nesting beyond max_depth; invalid_input for a NUL byte
  // outside of strings, and for an IRI with a line break.
  Result<void> scan(std::string_view bytes);
  // The document ends here: invalid_input inside an IRI or a string.
  Result<void> finish() const;

  // How many bytes from the start end with a complete top-level statement.
  std::uint64_t complete() const { return complete_; }

 private:
  enum class State : std::uint8_t {
    plain,
    dot,
    escape,
    iri,
    comment,
    quote,
    quotes,
    text,
    text_escape,
    long_text,
    closing
  };

  Result<void> plain(char c);
  std::size_t passed(std::string_view bytes) const;
  std::string place() const;

  State state_ = State::plain;
  char quote_ = 0;
  int closing_ = 0;  // quotes met at the end of a long string
  bool long_ = false;
  std::size_t depth_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t complete_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t line_start_ = 0;
};

}  // namespace moisson::rdf
