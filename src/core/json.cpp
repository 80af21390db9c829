#include "core/json.h"

#include "core/hash.h"
#include "core/text.h"
#include "core/text_position.h"

#include <fmt/core.h>

#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace moisson::json {
namespace {

// RFC 8259 §2, §7: no control character but tab, line feed and carriage return stands anywhere. RapidJSON 1.1.0 lets
// U+001A to U+001F pass where its vectors meet them, which depends on where in memory the text is. The text's size if
// there is none.
std::size_t first_control(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, highs = ones << 7;
  constexpr std::size_t step = sizeof(std::uint64_t);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(at + step, text.size());
    if (end - at == step) {
      const std::uint64_t word = little_endian(text.data() + at);
      if (((word - ones * 0x20) & ~word & highs) == 0) {  // none of the eight is below 0x20
        at = end;
        continue;
      }
    }
    for (; at < end; ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return at;
    }
  }
  return text.size();
}

// A value as it is kept: flat, its children side by side in the document's arena. Nothing here owns anything, so that
// a document goes in one piece, however deep it is. The members of an object alternate key and value.
struct Node {
  union {
    const char* text;      // of a string, decoded; of a number, its digits as they came
    const Node* children;  // of an array or object
    bool truth;
  };
  std::uint32_t size = 0;  // bytes, elements or members
  Kind kind = Kind::null;

  Node() : text(nullptr) {}
  std::string_view view() const { return {text, size}; }
};

const Node& node(const void* value) { return *static_cast<const Node*>(value); }

// Nodes in chunks; given back all at once.
class Arena {
 public:
  Node* take(std::size_t count) {
    if (count > left_) {
      const std::size_t chunk = std::max(count, next_chunk);
      chunks_.push_back(std::make_unique<Node[]>(chunk));
      free_ = chunks_.back().get();
      left_ = chunk;
      next_chunk = std::min<std::size_t>(2 * next_chunk, 1 << 16);
    }
    Node* taken = free_;
    free_ += count;
    left_ -= count;
    return taken;
  }

 private:
  std::vector<std::unique_ptr<Node[]>> chunks_;
  Node* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_chunk = 128;
};

// Receives RapidJSON's events. Numbers come as text, so that identifiers beyond 64 bits keep their digits.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  explicit Builder(Arena& arena) : arena_(arena) { done_.reserve(256); }

  bool too_deep() const { return depth_ > max_depth; }
  bool too_many() const { return values_ > max_values; }
  bool lone_surrogate() const { return lone_surrogate_; }
  const Node& root() const { return done_.front(); }

  bool Null() { return push(Kind::null), !too_many(); }
  bool Bool(bool truth) { return push(Kind::boolean).truth = truth, !too_many(); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return leaf(Kind::number, text, size); }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    // RapidJSON lets the second half of a surrogate pair stand alone ("\udc00"): three bytes, the first 0xED.
    lone_surrogate_ = std::memchr(text, 0xED, size) != nullptr && !is_utf8({text, size});
    return !lone_surrogate_ && leaf(Kind::string, text, size);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) { return String(text, size, copy); }
  bool StartObject() { return ++depth_ <= max_depth; }
  bool StartArray() { return ++depth_ <= max_depth; }
  bool EndObject(rapidjson::SizeType members) { return close(Kind::object, members, 2 * std::size_t{members}); }
  bool EndArray(rapidjson::SizeType elements) { return close(Kind::array, elements, elements); }

 private:
  Node& push(Kind kind) {
    ++values_;
    done_.emplace_back().kind = kind;
    return done_.back();
  }
  bool leaf(Kind kind, const char* text, std::uint32_t size) {
    Node& made = push(kind);
    made.text = text;
    made.size = size;
    return !too_many();
  }
  bool close(Kind kind, std::uint32_t size, std::size_t nodes) {
    --depth_;
    Node* children = nodes == 0 ? nullptr : arena_.take(nodes);
    if (nodes != 0) std::copy(done_.end() - static_cast<std::ptrdiff_t>(nodes), done_.end(), children);
    done_.resize(done_.size() - nodes);
    Node& made = push(kind);
    made.children = children;
    made.size = size;
    return !too_many();
  }

  Arena& arena_;
  std::vector<Node> done_;
  std::size_t depth_ = 0;
  std::size_t values_ = 0;
  bool lone_surrogate_ = false;
};

Error bad(ErrorCode code, std::string message, std::string_view text, std::size_t offset) {
  return {code, std::move(message), fmt::format("{} (byte {})", position_of(text, offset), offset), ""};
}

std::size_t first_bad_utf8(std::string_view text) {
  // Rarely needed, so simply: halve until the first broken sequence is found.
  std::size_t good = 0, bad_end = text.size();
  while (bad_end - good > 4) {
    const std::size_t middle = good + (bad_end - good) / 2;
    const std::size_t boundary = cut(text, middle).size();
    if (boundary > good && is_utf8(text.substr(good, boundary - good)))
      good = boundary;
    else
      bad_end = middle;
  }
  return good;
}

void dump_to(Writer& writer, const Node& value) {
  switch (value.kind) {
    case Kind::null:
      writer.null();
      break;
    case Kind::boolean:
      writer.boolean(value.truth);
      break;
    case Kind::number:
      writer.raw(value.view());
      break;
    case Kind::string:
      writer.string(value.view());
      break;
    case Kind::array:
      writer.begin_array();
      for (std::uint32_t i = 0; i < value.size; ++i) dump_to(writer, value.children[i]);
      writer.end_array();
      break;
    case Kind::object:
      writer.begin_object();
      for (std::uint32_t i = 0; i < value.size; ++i) {
        writer.key(value.children[2 * i].view());
        dump_to(writer, value.children[2 * i + 1]);
      }
      writer.end_object();
      break;
  }
}

}  // namespace

std::string_view to_string(Kind kind) {
  static constexpr std::string_view names[] = {"null", "boolean", "number", "string", "array", "object"};
  return names[static_cast<std::size_t>(kind)];
}

Kind View::kind() const { return value_ == nullptr ? Kind::null : node(value_).kind; }

std::optional<bool> View::boolean() const {
  if (!is(Kind::boolean)) return std::nullopt;
  return node(value_).truth;
}

std::optional<std::int64_t> View::integer() const {
  if (!is(Kind::number)) return std::nullopt;
  const auto digits = node(value_).view();
  std::int64_t whole = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (failed == std::errc{} && end == digits.data() + digits.size()) return whole;
  // 1200.0 and 1.2e3 are the integer 1200 too (RFC 8259 §6), as long as a double holds it exactly.
  const auto real = number();
  if (!real || std::abs(*real) > 9007199254740992.0 || *real != std::trunc(*real)) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

std::optional<double> View::number() const {
  if (!is(Kind::number)) return std::nullopt;
  const auto digits = node(value_).view();
  double real = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), real);
  if (failed != std::errc{}) return std::nullopt;
  return real;
}

std::optional<std::string_view> View::string() const {
  if (!is(Kind::string)) return std::nullopt;
  return node(value_).view();
}

std::string View::text() const {
  switch (kind()) {
    case Kind::string:
    case Kind::number:
      return std::string(node(value_).view());
    case Kind::boolean:
      return node(value_).truth ? "true" : "false";
    default:
      return {};
  }
}

std::size_t View::size() const { return is(Kind::array) || is(Kind::object) ? node(value_).size : 0; }

View View::operator[](std::string_view key) const {
  if (!is(Kind::object)) return {};
  const Node& object = node(value_);
  for (std::uint32_t i = 0; i < object.size; ++i)
    if (object.children[2 * i].view() == key) return View(&object.children[2 * i + 1]);
  return {};
}

View View::operator[](std::size_t index) const {
  if (!is(Kind::array) || index >= node(value_).size) return {};
  return View(&node(value_).children[index]);
}

std::string_view View::key(std::size_t index) const {
  if (!is(Kind::object) || index >= node(value_).size) return {};
  return node(value_).children[2 * index].view();
}

View View::member(std::size_t index) const {
  if (!is(Kind::object) || index >= node(value_).size) return {};
  return View(&node(value_).children[2 * index + 1]);
}

std::vector<View> View::items() const {
  std::vector<View> views;
  if (!is(Kind::array)) return views;
  views.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) views.push_back((*this)[i]);
  return views;
}

std::string View::dump() const {
  Writer writer;
  if (exists())
    dump_to(writer, node(value_));
  else
    writer.null();
  return writer.take();
}

struct Document::Body {
  std::string text;  // decoded in place: strings and digits of the nodes stand in it
  Arena arena;
  Node root;
};

Document::Document() : body_(std::make_unique<Body>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;
View Document::root() const { return View(&body_->root); }

Result<Document> Document::parse(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > max_bytes)
    return Error{ErrorCode::too_large, fmt::format("JSON text is longer than {} MiB", max_bytes >> 20), "", ""};
  // Checked at once and faster than the parser does it byte by byte.
  if (!is_utf8(text)) return bad(ErrorCode::invalid_input, "JSON is not UTF-8", text, first_bad_utf8(text));
  if (const auto control = first_control(text); control < text.size())
    return bad(ErrorCode::invalid_input,
               text[control] == '\0' ? "JSON holds a NUL character" : "JSON holds a control character", text, control);

  Document document;
  Body& body = *document.body_;
  constexpr std::size_t vector_bytes = 16;  // the parser reads strings in blocks and may look past the end
  body.text.reserve(text.size() + vector_bytes);
  body.text = text;

  Builder builder(body.arena);
  rapidjson::Reader reader;
  rapidjson::InsituStringStream stream(body.text.data());
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag |
                             rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseFullPrecisionFlag;
  const auto outcome = reader.Parse<flags>(stream, builder);
  if (builder.too_deep())
    return bad(ErrorCode::too_large, fmt::format("JSON is nested deeper than {} levels", max_depth), text,
               std::min(outcome.Offset(), text.size()));
  if (builder.too_many())
    return bad(ErrorCode::too_large, fmt::format("JSON holds more than {} values", max_values), text,
               std::min(outcome.Offset(), text.size()));
  if (builder.lone_surrogate())
    return bad(ErrorCode::invalid_input, "JSON: half a surrogate pair in a string", text,
               std::min(outcome.Offset(), text.size()));
  if (outcome.IsError()) {
    std::string message = rapidjson::GetParseError_En(outcome.Code());
    if (message.ends_with('.')) message.pop_back();
    return bad(ErrorCode::invalid_input, "JSON: " + message, text, std::min(outcome.Offset(), text.size()));
  }
  body.root = builder.root();
  return document;
}

std::string pointer_token(std::string_view key) {
  std::string token;
  token.reserve(key.size());
  for (const char c : key) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return token;
}

}  // namespace moisson::json
