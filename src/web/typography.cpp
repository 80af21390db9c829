#include "web/typography.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace moisson::web {
namespace {

constexpr std::string_view narrow = "\u202F";  // narrow no-break space
constexpr std::string_view wide = "\u00A0";    // no-break space
constexpr std::string_view open_quote = "«";
constexpr std::string_view close_quote = "»";

// How many bytes from `at` are no text: a tag, or a template marker.
std::size_t markup_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "{{") {
    const std::size_t end = text.find("}}", at);
    return end == text.npos ? 0 : end + 2 - at;
  }
  if (text[at] == '<') {
    const std::size_t end = text.find('>', at);
    return end == text.npos ? 0 : end + 1 - at;
  }
  return 0;
}

// What stands for the space before `rest`; empty: the space stays.
std::string_view space_before(std::string_view rest) {
  if (rest.empty()) return {};
  if (rest.starts_with(close_quote)) return narrow;
  switch (rest.front()) {
    case ';':
    case '!':
    case '?':
    case '%':
      return narrow;
    case ':':
      return wide;
    default:
      return {};
  }
}

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string french(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t length = markup_length(text, at); length > 0) {
      out += text.substr(at, length);
      at += length;
    } else if (text[at] == ' ' && !space_before(text.substr(at + 1)).empty()) {
      out += space_before(text.substr(at + 1));
      ++at;
    } else if (text[at] == ' ' && out.ends_with(open_quote)) {
      out += narrow;
      ++at;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char before = at == 0 ? '\0' : text[at - 1];
    const char after = at + 1 == text.size() ? '\0' : text[at + 1];
    if (text[at] == '\'' && is_letter_byte(before) && (after == '\0' || is_letter_byte(after)))
      out += "’";
    else if (text[at] == '-' && before == ' ' && after == ' ')
      out += "–";
    else
      out += text[at];
  }
  return out;
}

std::string lower_first(std::string_view text) {
  std::string out(text);
  const auto byte = [&out](std::size_t i) { return static_cast<unsigned char>(out[i]); };
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  if (out.size() > 1 && byte(0) == 0xC3 && byte(1) >= 0x80 && byte(1) <= 0x9E && byte(1) != 0x97)
    out[1] = static_cast<char>(byte(1) + 0x20);
  return out;
}

std::string number(const Words& words, std::uint64_t n) {
  const std::string figures = std::to_string(n);
  const std::string_view mark = words("number.thousands");
  std::string out;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (i > 0 && (figures.size() - i) % 3 == 0) out += mark;
    out += figures[i];
  }
  return out;
}

std::string decimal(const Words& words, double value, int digits) {
  std::string out = fmt::format("{:.{}f}", value, digits);
  if (const std::size_t point = out.find('.'); point != out.npos) out.replace(point, 1, words("number.decimal"));
  return out;
}

std::string bytes(const Words& words, std::uint64_t n) {
  if (n < 1000) return words.plural("size.bytes", n);
  constexpr std::array<std::string_view, 4> units{"size.kilo", "size.mega", "size.giga", "size.tera"};
  double value = static_cast<double>(n) / 1000;
  std::size_t unit = 0;
  // 999.95 would be written "1000,0".
  while (value >= 999.5 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  const bool whole = unit == 0 || value >= 100 || std::abs(value - std::round(value)) < 0.05;
  return words.fill(units[unit], {{"n", decimal(words, value, whole ? 0 : 1)}});
}

std::string latitude(const Words& words, double degrees) {
  return words.fill(degrees < 0 ? "degrees.south" : "degrees.north", {{"n", decimal(words, std::abs(degrees), 2)}});
}

std::string longitude(const Words& words, double degrees) {
  return words.fill(degrees < 0 ? "degrees.west" : "degrees.east", {{"n", decimal(words, std::abs(degrees), 2)}});
}

}  // namespace moisson::web
