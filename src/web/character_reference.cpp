#include "web/character_reference.h"

#include <array>
#include <cstdint>
#include <utility>

namespace moisson::web {
namespace {

// Names of U+00A0 to U+00FF in order (HTML §13.5).
constexpr std::array<std::string_view, 96> latin1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr std::array<std::pair<std::string_view, char32_t>, 22> others{{
    {"amp", U'&'},     {"lt", U'<'},      {"gt", U'>'},      {"quot", U'"'},     {"apos", U'\''},   {"OElig", 0x152},
    {"oelig", 0x153},  {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"sbquo", 0x201A},
    {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bull", 0x2022},  {"hellip", 0x2026}, {"euro", 0x20AC},  {"rarr", 0x2192},
    {"trade", 0x2122}, {"le", 0x2264},    {"ge", 0x2265},    {"thinsp", 0x2009},
}};

constexpr std::size_t longest_reference = 12;  // bytes, with & and ;

void append(std::string& out, char32_t code) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  if (control || code == 0x7F || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF || (code & 0xFFFE) == 0xFFFE)
    code = 0xFFFD;
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xE0 | code >> 12);
    } else {
      byte(0xF0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3F));
    }
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

// The code point of "#233" or "#xE9"; 0xFFFFFFFF if it is none.
constexpr char32_t none = 0xFFFFFFFF;

char32_t numbered(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  if (hexadecimal) digits.remove_prefix(1);
  if (digits.empty()) return none;
  std::uint32_t code = 0;
  for (char c : digits) {
    const int value = c >= '0' && c <= '9'                  ? c - '0'
                      : hexadecimal && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hexadecimal && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                            : -1;
    if (value < 0) return none;
    code = code * (hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(value);
    if (code > 0x10FFFF) code = 0x110000;
  }
  return code;
}

char32_t named(std::string_view name) {
  for (const auto& [candidate, code] : others)
    if (candidate == name) return code;
  for (std::size_t i = 0; i < latin1.size(); ++i)
    if (latin1[i] == name) return static_cast<char32_t>(0xA0 + i);
  return none;
}

}  // namespace

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      const std::size_t length = text.substr(at, longest_reference).find(';');
      if (length != std::string_view::npos) {
        const std::string_view name = text.substr(at + 1, length - 1);
        const char32_t code = name.starts_with('#') ? numbered(name.substr(1)) : named(name);
        if (code != none) {
          append(out, code);
          at += length + 1;
          continue;
        }
      }
    }
    out += text[at++];
  }
  return out;
}

}  // namespace moisson::web
