#include "rdf/statement_scanner.h"

#include <array>

namespace moisson::rdf {
namespace {

// In which states a byte means something; in the others it is passed over.
enum Means : std::uint8_t { in_plain = 1, in_iri = 2, in_comment = 4, in_text = 8 };

constexpr std::array<std::uint8_t, 256> meanings = [] {
  std::array<std::uint8_t, 256> table{};
  const auto mark = [&table](std::string_view bytes, Means state) {
    for (const unsigned char c : bytes) table[c] |= state;
  };
  mark({"<#\\\"'[]().\n\0", 12}, in_plain);
  mark({">\n\0", 3}, in_iri);
  mark({"\n\r\0", 3}, in_comment);
  mark({"\"'\\\n\0", 5}, in_text);
  return table;
}();

}  // namespace

std::string StatementScanner::place() const {
  return std::to_string(line_) + ":" + std::to_string(position_ - line_start_ + 1);
}

Result<void> StatementScanner::plain(char c) {
  switch (c) {
    case '<':
      state_ = State::iri;
      break;
    case '#':
      state_ = State::comment;
      break;
    case '\\':
      state_ = State::escape;
      break;  // ex:a\.b
    case '"':
    case '\'':
      quote_ = c;
      state_ = State::quote;
      break;
    case '[':
    case '(':
      if (++depth_ > max_depth) {
        return Error{ErrorCode::too_large, "brackets nest deeper than the cap of " + std::to_string(max_depth), place(),
                     ""};
      }
      break;
    case ']':
    case ')':
      if (depth_ > 0) --depth_;
      break;
    case '.':
      if (depth_ == 0) state_ = State::dot;
      break;
    default:
      break;
  }
  return {};
}

// How many bytes of `bytes` mean nothing in the state that there is.
std::size_t StatementScanner::passed(std::string_view bytes) const {
  const std::uint8_t means = state_ == State::plain                                ? in_plain
                             : state_ == State::iri                                ? in_iri
                             : state_ == State::comment                            ? in_comment
                             : state_ == State::text || state_ == State::long_text ? in_text
                                                                                   : 0;
  if (means == 0) return 0;
  std::size_t count = 0;
  while (count < bytes.size() && (meanings[static_cast<unsigned char>(bytes[count])] & means) == 0) ++count;
  return count;
}

Result<void> StatementScanner::scan(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const std::size_t count = passed(bytes.substr(at));
    position_ += count;
    at += count;
    if (at == bytes.size()) break;
    const char c = bytes[at];
    switch (state_) {
      case State::dot:
        // A dot before a blank ends a statement: neither names, numbers nor labels end in one (Turtle §6.5).
        state_ = State::plain;
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') complete_ = position_ + 1;
        [[fallthrough]];
      case State::plain:
        if (auto seen = plain(c); !seen) return seen;
        break;
      case State::escape:
        state_ = State::plain;
        break;
      case State::iri:
        if (c == '>') state_ = State::plain;
        if (c == '\n')
          return Error{ErrorCode::invalid_input, "an IRI does not end on its line", place(), "close it with >"};
        break;
      case State::comment:
        if (c == '\n' || c == '\r') state_ = State::plain;
        break;
      case State::quote:  // one quote met
        if (c == quote_)
          state_ = State::quotes;
        else
          state_ = c == '\\' ? State::text_escape : State::text;
        long_ = false;
        if (c == '\n') state_ = State::plain;
        break;
      case State::quotes:  // two: the empty string, or the third opens a long one
        if (c == quote_) {
          state_ = State::long_text;
          long_ = true;
          closing_ = 0;
        } else {
          state_ = State::plain;
          if (auto seen = plain(c); !seen) return seen;
        }
        break;
      case State::text:
        if (c == quote_ || c == '\n')
          state_ = State::plain;
        else if (c == '\\')
          state_ = State::text_escape;
        break;
      case State::text_escape:
        state_ = long_ ? State::long_text : State::text;
        break;
      case State::long_text:
        if (c == '\\')
          state_ = State::text_escape;
        else if (c == quote_) {
          state_ = State::closing;
          closing_ = 1;
        }
        break;
      case State::closing:
        if (c == quote_) {
          if (++closing_ == 3) state_ = State::plain;
        } else {
          state_ = c == '\\' ? State::text_escape : State::long_text;
        }
        break;
    }
    if (c == '\n') {
      ++line_;
      line_start_ = position_ + 1;
    } else if (c == '\0' && state_ != State::text && state_ != State::long_text) {  // serd would take it for the end
      return Error{ErrorCode::invalid_input, "a NUL byte outside of a string", place(), ""};
    }
    ++position_;
  }
  return {};
}

Result<void> StatementScanner::finish() const {
  switch (state_) {
    case State::iri:
      return Error{ErrorCode::invalid_input, "the document ends inside an IRI", place(), ""};
    case State::quote:
    case State::text:
    case State::text_escape:
    case State::long_text:
    case State::closing:
      return Error{ErrorCode::invalid_input, "the document ends inside a string", place(), ""};
    case State::plain:
    case State::dot:
    case State::escape:
    case State::comment:
    case State::quotes:
      return {};
  }
  return {};
}

}  // namespace moisson::rdf
