#include "core/windows_1252.h"

#include "core/utf8.h"

namespace moisson {
namespace {

// 0x80 to 0x9F; from 0xA0 on the numbers are those of Unicode.
constexpr char32_t c1[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                             0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                             0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

}  // namespace

char32_t windows_1252_character(char32_t control) { return c1[control - 0x80]; }

std::string utf8_from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (std::size_t at = 0; at < bytes.size();) {
    if (const utf8::Character character = utf8::decode(bytes, at); character.length != 0) {
      out.append(bytes.substr(at, character.length));
      at += character.length;
      continue;
    }
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    utf8::append(out, byte < 0xA0 ? c1[byte - 0x80] : char32_t{byte});
  }
  return out;
}

}  // namespace moisson
