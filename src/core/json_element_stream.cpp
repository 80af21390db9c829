#include "core/json_element_stream.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace moisson::json {
namespace {

constexpr std::size_t max_name_bytes = std::size_t{64} << 10;

constexpr auto structural = [] {
  std::array<bool, 256> table{};
  for (const unsigned char c : {'"', '[', ']', '{', '}'}) table[c] = true;
  return table;
}();

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

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

std::vector<std::string> tokens_of(std::string_view pointer) {
  std::vector<std::string> tokens;
  if (pointer.empty()) return tokens;
  for (const auto token : split(pointer.substr(pointer.front() == '/' ? 1 : 0), '/'))
    tokens.push_back(decode_token(token));
  return tokens;
}

std::string decode_name(std::string_view quoted) {
  const auto inside = quoted.substr(1, quoted.size() - 2);
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  const auto decoded = Document::parse(quoted);
  return decoded ? decoded->root().text() : std::string(inside);
}

}  // namespace

ElementStream::ElementStream(std::vector<std::string> pointers, Limits limits, Sink sink)
    : places_(pointers.size(), Place::absent), counts_(pointers.size(), 0), limits_(limits), sink_(std::move(sink)) {
  for (const std::string& pointer : pointers) {
    wanted_.push_back(tokens_of(pointer));
    deepest_ = std::max(deepest_, wanted_.back().size());
  }
}

Error ElementStream::wrong(std::string message, const char* at) {
  offset_ = piece_offset_ + static_cast<std::uint64_t>(at - piece_);
  return {ErrorCode::invalid_input, std::move(message), position(), ""};
}

std::string ElementStream::position() const {
  const std::string_view before(piece_, static_cast<std::size_t>(offset_ - piece_offset_));
  const auto breaks = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const std::uint64_t start = breaks == 0 ? line_start_ : piece_offset_ + before.rfind('\n') + 1;
  return std::to_string(lines_ + breaks + 1) + ":" + std::to_string(offset_ - start + 1);
}

void ElementStream::surround(std::string_view text) {
  if (limits_.envelope_bytes == 0 || envelope_cut_) return;
  if (envelope_.size() + text.size() > limits_.envelope_bytes) {
    envelope_cut_ = true;
    envelope_ = {};
    return;
  }
  envelope_.append(text);
}

Result<void> ElementStream::feed(std::string_view piece) {
  piece_ = piece.data();
  piece_offset_ = offset_;
  const char* at = piece_;
  const char* const end = at + piece.size();
  while (at < end) {
    if (auto stepped = step(at, end); !stepped) return stepped;
    offset_ = piece_offset_ + static_cast<std::uint64_t>(at - piece_);
  }
  if (const auto last = piece.rfind('\n'); last != piece.npos) {
    lines_ += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    line_start_ = piece_offset_ + last + 1;
  }
  piece_ = piece.data() + piece.size();
  piece_offset_ = offset_;
  return {};
}

Result<void> ElementStream::finish() {
  if (state_ == State::done) return {};
  if (state_ == State::skipped && levels_.empty() && nested_.empty() && !in_string_) return {};
  return Error{ErrorCode::invalid_input,
               state_ == State::element ? "JSON ends inside an element" : "JSON ends before its value does", position(),
               ""};
}

// One step: blanks, a sign, or as much of a value or name as this piece holds.
Result<void> ElementStream::step(const char*& at, const char* end) {
  if (state_ == State::done) {
    at = end;
    return {};
  }
  if (state_ == State::skipped || state_ == State::element) {
    const char* const begin = at;
    const bool element = state_ == State::element;
    auto ended = skip(at, end);
    if (!ended) return ended.error();
    const std::string_view part(begin, static_cast<std::size_t>(at - begin));
    if (element && *ended) return end_element(part);
    if (element) keep(part);
    if (!element) surround(part);
    if (!element && *ended) state_ = levels_.empty() ? State::done : State::next;
    return {};
  }
  if (state_ == State::name) {
    const char* const begin = at;
    const bool ended = skip_string(at, end);
    name_.append(begin, at);
    if (name_.size() > max_name_bytes) return wrong("a name exceeds 64 KiB", at);
    if (ended) take_name();
    return {};
  }
  const char c = *at;
  if (is_blank(c) || (levels_.empty() && offset_ < 3 && (c == '\xEF' || c == '\xBB' || c == '\xBF'))) {
    ++at;
    return {};
  }
  const auto pass = [&] {
    surround({at, 1});
    ++at;
  };
  switch (state_) {
    case State::value:
      if (first_ && !levels_.empty() && c == ']') {
        if (auto closed = close_level(at); !closed) return closed;
        pass();
        return {};
      }
      if (c == '{' || c == '[') pass();
      open_value(c);
      return {};
    case State::key:
      if (c == '"') {
        name_.assign(1, c);
        in_string_ = true;
        state_ = State::name;
        ++at;
        return {};
      }
      if (c != '}' || !first_) return wrong("a name was expected", at);
      if (auto closed = close_level(at); !closed) return closed;
      pass();
      return {};
    case State::colon:
      if (c != ':') return wrong("a colon was expected", at);
      pass();
      state_ = State::value;
      first_ = false;
      return {};
    case State::next:
      if (c == ',') {
        Level& level = levels_.back();
        if (level.closer == ']') path_.back() = std::to_string(++level.index);
        state_ = level.closer == ']' ? State::value : State::key;
        first_ = false;
      } else if (auto closed = close_level(at); !closed) {
        return closed;
      }
      pass();
      return {};
    case State::after_element:
      if (c == ',') {
        state_ = State::before_element;
        first_ = false;
        ++at;
        return {};
      }
      if (c != ']') return wrong("brackets disagree", at);
      [[fallthrough]];
    case State::before_element:
      if (c == ']' && (first_ || state_ == State::after_element)) {
        places_[array_] = Place::closed;
        state_ = levels_.empty() ? State::done : State::next;
        pass();
        return {};
      }
      element_offset_ = offset_;
      state_ = State::element;
      return {};
    default:
      return {};
  }
}

// What the value that begins with `c` is for: an array that was asked for, a level on the way to one, or nothing.
void ElementStream::open_value(char c) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!matches(i)) continue;
    if (c == '[') {
      places_[i] = Place::open;
      array_ = i;
      first_ = true;
      state_ = State::before_element;
      return;
    }
    if (places_[i] == Place::absent) places_[i] = Place::no_array;
  }
  const bool nests = c == '{' || c == '[';
  if (nests && levels_.size() < deepest_) {
    levels_.push_back({c == '{' ? '}' : ']'});
    path_.emplace_back(c == '[' ? "0" : "");
    state_ = c == '{' ? State::key : State::value;
    first_ = true;
  } else if (levels_.empty() && !nests) {
    state_ = State::done;  // a scalar, or no JSON at all
  } else {
    if (nests) nested_.assign(1, c == '{' ? '}' : ']');
    state_ = State::skipped;
  }
}

Result<void> ElementStream::close_level(const char* at) {
  if (levels_.empty() || levels_.back().closer != *at) return wrong("brackets disagree", at);
  levels_.pop_back();
  path_.pop_back();
  state_ = levels_.empty() ? State::done : State::next;
  return {};
}

void ElementStream::take_name() {
  surround(name_);
  path_.back() = decode_name(name_);
  name_.clear();
  state_ = State::colon;
}

bool ElementStream::matches(std::size_t pointer) const { return wanted_[pointer] == path_; }

void ElementStream::keep(std::string_view part) {
  const std::size_t room = limits_.element_bytes - std::min(limits_.element_bytes, element_.size());
  if (part.size() > room) element_whole_ = false;
  element_.append(part.substr(0, room));
}

// `part` is what this piece held of it.
Result<void> ElementStream::end_element(std::string_view part) {
  const bool here = element_.empty() && part.size() <= limits_.element_bytes;
  if (!here) keep(part);
  const StreamedElement element{trim(here ? part : element_), element_offset_, array_, counts_[array_]++,
                                element_whole_};
  state_ = State::after_element;
  auto taken = sink_(element);
  element_.clear();
  element_whole_ = true;
  return taken;
}

Result<bool> ElementStream::skip(const char*& at, const char* end) {
  while (at < end) {
    if (in_string_) {
      if (!skip_string(at, end)) return false;
      continue;
    }
    const char c = *at;
    if (nested_.empty() && (c == ',' || c == ']' || c == '}')) return true;
    if (!structural[static_cast<unsigned char>(c)]) {
      ++at;
      continue;
    }
    if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      if (nested_.size() == max_nesting) {
        Error error = wrong("brackets nest deeper than the cap of " + std::to_string(max_nesting), at);
        error.code = ErrorCode::too_large;
        return error;
      }
      nested_ += c == '{' ? '}' : ']';
    } else {
      if (nested_.back() != c) return wrong("brackets disagree", at);
      nested_.pop_back();
    }
    ++at;
  }
  return false;
}

// From inside a string past its closing quote, quote to quote: a quote after an odd number of \ is not the end.
bool ElementStream::skip_string(const char*& at, const char* end) {
  const auto odd_slashes = [&](const char* place, const char* from) {
    const char* run = place;
    while (run > from && run[-1] == '\\') --run;
    const bool carried = run == from && escaped_;
    return ((place - run) % 2 != 0) != carried;
  };
  for (;;) {
    const auto* quote =
        static_cast<const char*>(at < end ? std::memchr(at, '"', static_cast<std::size_t>(end - at)) : nullptr);
    const bool odd = odd_slashes(quote != nullptr ? quote : end, at);
    at = quote != nullptr ? quote + 1 : end;
    escaped_ = quote == nullptr && odd;
    if (quote == nullptr) return false;
    if (odd) continue;
    in_string_ = false;
    return true;
  }
}

}  // namespace moisson::json
