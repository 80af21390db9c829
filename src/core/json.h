// The door to JSON (RFC 8259). RapidJSON lives behind it and nowhere else. Reading never recurses on input depth;
// depth, size and encoding are checked. A Document is owned by one thread; a View lives as long as its Document.
#pragma once

#include <moisson/core/result.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::json {

inline constexpr std::size_t max_depth = 128;
inline constexpr std::size_t max_bytes = std::size_t{256} << 20;
// Of one document, the names of members included; 16 bytes each.
inline constexpr std::size_t max_values = 10'000'000;
inline constexpr std::size_t max_elements = 2'000'000;  // of one array that elements() cuts up

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
std::string_view to_string(Kind kind);

class Document;

// A value inside a Document; cheap to copy. A missing value is a View too: kind null, exists() false, so that
// chains like view["result"]["count"] need no checks.
class View {
 public:
  View() = default;
  bool exists() const { return value_ != nullptr; }
  Kind kind() const;
  bool is(Kind kind) const { return exists() && this->kind() == kind; }

  // The value if it has that type, else nothing; numbers are not made from strings, nor strings from numbers.
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<std::string_view> string() const;
  // A string, or a number or boolean as it would be written; empty for null, arrays and objects: for ids and labels
  // that portals type loosely. Integers beyond 64 bits keep their digits.
  std::string text() const;

  std::size_t size() const;                       // of an array or object; 0 otherwise
  View operator[](std::string_view key) const;    // of an object: the first member of that name
  View operator[](std::size_t index) const;       // of an array
  std::string_view key(std::size_t index) const;  // of an object: name of its index-th member
  View member(std::size_t index) const;           // of an object: value of its index-th member

  // for (View item : view.items()): nothing for what is not an array.
  std::vector<View> items() const;

  // Compact JSON of this value.
  std::string dump() const;

 private:
  friend class Document;
  explicit View(const void* value) : value_(value) {}
  const void* value_ = nullptr;
};

class Document {
 public:
  // invalid_input with the byte offset (and line:column) in `where`; too_large beyond the caps.
  // Invalid UTF-8 is an error; a byte order mark is skipped.
  static Result<Document> parse(std::string_view text);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();
  View root() const;

 private:
  Document();
  struct Body;
  std::unique_ptr<Body> body_;
};

// Writes compact JSON to a string. Keys in the order given. Invalid UTF-8 is replaced, NaN becomes null, and '<', U+2028
// and U+2029 are escaped, so that the text may stand inside <script>.
class Writer {
 public:
  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& string(std::string_view value);
  Writer& integer(std::int64_t value);
  Writer& unsigned_integer(std::uint64_t value);
  Writer& number(double value);  // shortest text that reads back equal
  Writer& boolean(bool value);
  Writer& null();
  Writer& raw(std::string_view json);  // a complete JSON value, trusted

  // key and value in one
  Writer& field(std::string_view name, std::string_view value) { return key(name).string(value); }

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool comma_ = false;
};

// One element of an array found inside a page, without parsing the page: its bytes and where they stand.
struct Element {
  std::string_view bytes;  // into the text given
  std::size_t offset = 0;
  std::size_t index = 0;
};

// The elements of the array at `pointer` ("/result/results"), found by brackets and quotes alone, so that one malformed
// element does not cost the others, and each keeps its exact bytes. `broken`: the text ended, or its brackets
// disagree, after the elements returned.
struct ElementList {
  std::vector<Element> elements;
  std::optional<Error> broken;
};
// More than max_elements are `broken` too: too_large.
Result<ElementList> elements(std::string_view text, std::string_view pointer);

// Escapes one key for a JSON pointer (RFC 6901 §3).
std::string pointer_token(std::string_view key);

}  // namespace moisson::json
