#include "core/json.h"
#include "core/utf8.h"

#include <array>
#include <charconv>
#include <cmath>

namespace moisson::json {
namespace {

// What a byte of a string needs: nothing, an escape, or a look at the whole character.
enum class Need : std::uint8_t { nothing, escape, decode };

constexpr auto needs = [] {
  std::array<Need, 256> table{};
  for (int byte = 0; byte < 0x20; ++byte) table[byte] = Need::escape;
  for (const unsigned char byte : {'"', '\\', '<', '\x7f'}) table[byte] = Need::escape;
  for (int byte = 0x80; byte < 0x100; ++byte) table[byte] = Need::decode;
  return table;
}();

void append_escape(std::string& out, char32_t code) {
  static constexpr char digits[] = "0123456789abcdef";
  out += "\\u";
  for (const int shift : {12, 8, 4, 0}) out += digits[code >> shift & 15];
}

void append_ascii_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    default:
      append_escape(out, static_cast<unsigned char>(c));
  }
}

void append_string(std::string& out, std::string_view value) {
  out += '"';
  std::size_t run = 0;  // where the bytes that are copied as they are begin
  for (std::size_t i = 0; i < value.size();) {
    const Need need = needs[static_cast<unsigned char>(value[i])];
    if (need == Need::nothing) {
      ++i;
      continue;
    }
    const auto character = need == Need::escape ? utf8::Character{U'\0', 1} : utf8::decode(value, i);
    const bool separator = character.code == 0x2028 || character.code == 0x2029;
    if (need == Need::decode && character.length != 0 && !separator) {
      i += character.length;
      continue;
    }
    out.append(value, run, i - run);
    if (need == Need::escape)
      append_ascii_escape(out, value[i]);
    else if (separator)
      append_escape(out, character.code);
    else
      out += utf8::replacement;
    i += character.length == 0 ? 1 : character.length;
    run = i;
  }
  out.append(value, run);
  out += '"';
}

template <class Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), written.ptr);
}

}  // namespace

void Writer::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  comma_ = false;
  return *this;
}

Writer& Writer::end_object() {
  out_ += '}';
  comma_ = true;
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  comma_ = false;
  return *this;
}

Writer& Writer::end_array() {
  out_ += ']';
  comma_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  comma_ = false;
  return *this;
}

Writer& Writer::string(std::string_view value) {
  separate();
  append_string(out_, value);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  separate();
  append_number(out_, value);
  return *this;
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
  separate();
  append_number(out_, value);
  return *this;
}

Writer& Writer::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  append_number(out_, value);
  return *this;
}

Writer& Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

Writer& Writer::null() {
  separate();
  out_ += "null";
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace moisson::json
