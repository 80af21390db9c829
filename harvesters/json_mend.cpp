#include "harvesters/json_mend.h"

#include "core/text.h"
#include "core/windows_1252.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>

namespace moisson::harvesters {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The unit of an escape "\\uXXXX" at the start of `text`.
std::optional<unsigned> unit_of(std::string_view text) {
  unsigned unit = 0;
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc{} || end != text.data() + 6) return std::nullopt;
  return unit;
}

bool is_high(unsigned unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low(unsigned unit) { return unit >= 0xdc00 && unit < 0xe000; }

// Python writes a byte that it could not read as the half pair U+DC80 to U+DCFF (PEP 383): mostly windows-1252. Every
// other half stands for nothing. Empty: there is no half pair.
std::string without_half_pairs(std::string_view text) {
  std::string out;
  bool mended = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      out += text[at++];
      continue;
    }
    const auto unit = unit_of(text.substr(at));
    const std::size_t size = unit ? 6 : std::min<std::size_t>(2, text.size() - at);
    const bool pair = unit && is_high(*unit) && is_low(unit_of(text.substr(at + 6)).value_or(0));
    if (!unit || pair || !(is_high(*unit) || is_low(*unit))) {
      out.append(text.substr(at, pair ? 12 : size));
      at += pair ? 12 : size;
      continue;
    }
    mended = true;
    const bool byte = *unit >= 0xdc80 && *unit <= 0xdcff;
    out += byte ? utf8_from_windows_1252(std::string(1, static_cast<char>(*unit & 0xff))) : "\\ufffd";
    at += size;
  }
  return mended ? out : std::string();
}

}  // namespace

Result<json::Document> parse_mended(std::string_view bytes, std::vector<dcat::Finding>& findings) {
  auto parsed = json::Document::parse(bytes);
  if (parsed) return parsed;
  std::string mended(bytes);
  std::vector<dcat::Finding> found;
  if (!is_utf8(bytes)) {
    mended = utf8_from_windows_1252(bytes);
    found.push_back({"encoding_wrong", "", "the record is no UTF-8; what is not was read as windows-1252",
                     "serve the file in UTF-8"});
  }
  if (std::string whole = without_half_pairs(mended); !whole.empty()) {
    mended = std::move(whole);
    found.push_back({"encoding_wrong", "",
                     "halves of surrogate pairs stand in texts; those that hide a byte were read as windows-1252",
                     "write characters, not halves of them (RFC 8259 §8.2)"});
  }
  auto again = json::Document::parse(mended);
  // JSON forbids them raw in a text (RFC 8259 §7); hand-made files hold line breaks and tabs there.
  if (!again && std::any_of(mended.begin(), mended.end(), is_control)) {
    std::replace_if(mended.begin(), mended.end(), is_control, ' ');
    again = json::Document::parse(mended);
    found.push_back({"control_characters", "", "raw control characters stand in texts; they were read as blanks",
                     "write line breaks as \\n"});
  }
  if (!again) return parsed;
  std::move(found.begin(), found.end(), std::back_inserter(findings));
  return again;
}

}  // namespace moisson::harvesters
