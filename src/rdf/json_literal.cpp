#include "rdf/json_literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace moisson::rdf {
namespace {

// The shortest digits that read back equal, or 16 of them, and the power of ten of the first one.
struct Digits {
  std::string digits;
  int exponent = 0;
};

Digits digits_of(double value, bool shortest) {
  std::array<char, 32> text{};
  const auto end =
      shortest ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific)
               : std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 15);
  const std::string_view all(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const auto e = all.find('e');
  Digits out;
  for (const char c : all.substr(0, e))
    if (c != '.') out.digits += c;
  while (out.digits.size() > 1 && out.digits.back() == '0') out.digits.pop_back();
  const char* power = all.data() + e + (all[e + 1] == '+' ? 2 : 1);
  std::from_chars(power, all.data() + all.size(), out.exponent);
  return out;
}

// ECMAScript's Number::toString, as RFC 8785 §3.2.2.3 wants it.
void append_number(double value, std::string& out) {
  if (value == 0) {
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  const auto [digits, exponent] = digits_of(std::fabs(value), true);
  const int size = static_cast<int>(digits.size());
  if (exponent >= 21 || exponent < -6) {
    out += digits[0];
    if (size > 1) out.append(".").append(digits, 1);
    out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
  } else if (exponent < 0) {
    out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
  } else if (size <= exponent + 1) {
    out.append(digits).append(static_cast<std::size_t>(exponent + 1 - size), '0');
  } else {
    const auto whole = static_cast<std::size_t>(exponent + 1);
    out.append(digits, 0, whole).append(".").append(digits, whole);
  }
}

void append_string(std::string_view text, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view short_codes = "btn?fr";  // of U+0008 to U+000D; U+000B has none
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out.append({'\\', c});
    else if (code >= 0x20)
      out += c;
    else if (code >= 8 && code <= 13 && code != 11)
      out.append({'\\', short_codes[code - 8U]});
    else
      out.append("\\u00").append({hex[code >> 4U], hex[code & 15U]});
  }
  out += '"';
}

// UTF-8 sorts as code points do; only the surrogates of UTF-16 come before U+E000 and what follows (RFC 8785 §3.2.3).
bool is_before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto left = static_cast<unsigned char>(*x);
  const auto right = static_cast<unsigned char>(*y);
  const bool astral_left = left >= 0xF0;
  const bool astral_right = right >= 0xF0;
  if (astral_left != astral_right && std::min(left, right) >= 0xEE) return astral_left;
  return left < right;
}

void append(json::View value, std::string& out) {
  switch (value.kind()) {
    case json::Kind::null:
      out += "null";
      break;
    case json::Kind::boolean:
      out += value.text();
      break;
    case json::Kind::number:
      if (const auto number = value.number())
        append_number(*number, out);
      else
        out += value.text();
      break;
    case json::Kind::string:
      append_string(*value.string(), out);
      break;
    case json::Kind::array:
      out += '[';
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (i != 0) out += ',';
        append(value[i], out);
      }
      out += ']';
      break;
    case json::Kind::object: {
      std::vector<std::size_t> order(value.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return is_before(value.key(a), value.key(b)); });
      out += '{';
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (i != 0) out += ',';
        append_string(value.key(order[i]), out);
        out += ':';
        append(value.member(order[i]), out);
      }
      out += '}';
      break;
    }
  }
}

}  // namespace

std::string json_literal(json::View value) {
  std::string out;
  append(value, out);
  return out;
}

NumberLiteral number_literal(json::View number, bool as_double) {
  constexpr std::size_t max_digits = 21;
  std::string text = number.text();
  const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  const bool plain = digits.find_first_not_of("0123456789") == digits.npos;
  if (!as_double && plain && digits.size() <= max_digits) return {digits == "0" ? "0" : text, false};
  const auto value = number.number();
  if (!value) return {text, true};  // beyond a double: as it came
  if (!as_double && *value == std::trunc(*value) && std::fabs(*value) < 1e21) {
    std::string whole;
    append_number(*value, whole);
    return {whole, false};
  }
  const auto [mantissa, exponent] = digits_of(std::fabs(*value), false);
  std::string out = std::signbit(*value) ? "-" : "";
  out.append(mantissa, 0, 1).append(".").append(mantissa.size() > 1 ? mantissa.substr(1) : "0");
  return {out.append("E").append(std::to_string(exponent)), true};
}

}  // namespace moisson::rdf
