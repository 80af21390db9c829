// Where the elements of an array stand in a page, by quotes and brackets alone: a page of a portal is cut into its
// records before any of them is parsed, so that each is parsed, and fails, by itself.
#include "core/json.h"
#include "core/text.h"
#include "core/text_position.h"

#include <array>
#include <charconv>
#include <cstring>

namespace moisson::json {
namespace {

constexpr auto structural = [] {
  std::array<bool, 256> table{};
  for (const unsigned char c : {'"', '[', ']', '{', '}'}) table[c] = true;
  return table;
}();

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), at_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= text_.size(); }
  char peek() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  // The string that begins here, with its quotes; empty if there is none or it has no end.
  std::string_view string() {
    const std::size_t begin = at_;
    if (ended() || text_[at_] != '"' || !skip_string()) return {};
    return text_.substr(begin, at_ - begin);
  }

  // Passes one value, up to the comma or bracket after it. False: the text ended, or its brackets disagree, at at().
  bool skip_value() {
    const char first = peek();
    if (first == '"') return skip_string() && skip_stray();
    if (first == '{' || first == '[') return skip_nested() && skip_stray();
    return skip_stray();
  }

 private:
  // From the opening quote past the closing one, quote to quote: a quote after an odd number of \ is not the end.
  bool skip_string() {
    const std::size_t begin = at_ + 1;
    for (std::size_t from = begin;;) {
      const void* found = from < text_.size() ? std::memchr(text_.data() + from, '"', text_.size() - from) : nullptr;
      if (found == nullptr) {
        at_ = text_.size();
        return false;
      }
      const auto quote = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
      std::size_t slashes = 0;
      while (quote - slashes > from && text_[quote - slashes - 1] == '\\') ++slashes;
      if (slashes % 2 == 0) {
        at_ = quote + 1;
        return true;
      }
      from = quote + 1;
    }
  }

  bool skip_nested() {
    open_.clear();
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (!structural[static_cast<unsigned char>(c)]) {
        ++at_;
      } else if (c == '"') {
        if (!skip_string()) return false;
      } else if (c == '{' || c == '[') {
        open_ += c == '{' ? '}' : ']';
        ++at_;
      } else {
        if (open_.back() != c) return false;
        open_.pop_back();
        ++at_;
        if (open_.empty()) return true;
      }
    }
    return false;
  }

  // What is left before the next comma or bracket of the level: a number, a word, or rubbish that the parser will name.
  bool skip_stray() {
    while (at_ < text_.size()) {
      switch (text_[at_]) {
        case ',':
        case ']':
        case '}':
          return true;
        case '"':
          if (!skip_string()) return false;
          break;
        case '{':
        case '[':
          if (!skip_nested()) return false;
          break;
        default:
          ++at_;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_;
  std::string open_;  // the closing brackets awaited, innermost last
};

std::string decode_token(std::string_view token) {  // RFC 6901 §4
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1'))
      key += token[++i] == '0' ? '~' : '/';
    else
      key += token[i];
  }
  return key;
}

bool names(std::string_view quoted, std::string_view key) {
  const auto inside = quoted.substr(1, quoted.size() - 2);
  if (inside.find('\\') == std::string_view::npos) return inside == key;
  const auto decoded = Document::parse(quoted);
  return decoded && decoded->root().string() == key;
}

// Leaves the scanner at the value that `token` names inside the object or array that begins here.
bool descend(Scanner& scanner, std::string_view token) {
  const std::string key = decode_token(token);
  if (scanner.take('{')) {
    while (scanner.peek() == '"') {
      const auto name = scanner.string();
      if (name.empty() || !scanner.take(':')) return false;
      if (names(name, key)) return true;
      if (!scanner.skip_value() || !scanner.take(',')) return false;
    }
    return false;
  }
  std::size_t wanted = 0;
  const auto [end, failed] = std::from_chars(key.data(), key.data() + key.size(), wanted);
  if (failed != std::errc{} || end != key.data() + key.size() || !scanner.take('[')) return false;
  for (std::size_t i = 0; i < wanted; ++i)
    if (!scanner.skip_value() || !scanner.take(',')) return false;
  return scanner.peek() != ']';
}

}  // namespace

Result<ElementList> elements(std::string_view text, std::string_view pointer) {
  Scanner scanner(text);
  if (!pointer.empty()) {
    const auto tokens = split(pointer.substr(pointer.front() == '/' ? 1 : 0), '/');
    for (const auto token : tokens) {
      if (descend(scanner, token)) continue;
      if (scanner.ended())
        return Error{ErrorCode::invalid_input, "JSON ends before " + std::string(pointer),
                     position_of(text, text.size()), ""};
      return Error{ErrorCode::not_found, "JSON holds nothing at " + std::string(pointer),
                   position_of(text, scanner.at()), ""};
    }
  }
  if (!scanner.take('['))
    return Error{scanner.ended() ? ErrorCode::invalid_input : ErrorCode::not_found,
                 "JSON holds no array at " + (pointer.empty() ? std::string("its root") : std::string(pointer)),
                 position_of(text, scanner.at()), ""};

  ElementList list;
  const auto broken = [&](std::string_view why) {
    list.broken = Error{ErrorCode::invalid_input, std::string(why), position_of(text, scanner.at()), ""};
  };
  if (scanner.peek() == ']') return list;
  for (;;) {
    scanner.peek();
    const std::size_t begin = scanner.at();
    if (!scanner.skip_value()) {
      broken(scanner.ended() ? "JSON ends inside an element" : "brackets disagree");
      return list;
    }
    list.elements.push_back({trim(text.substr(begin, scanner.at() - begin)), begin, list.elements.size()});
    if (scanner.take(',')) continue;
    if (!scanner.take(']')) broken("brackets disagree");
    return list;
  }
}

}  // namespace moisson::json
