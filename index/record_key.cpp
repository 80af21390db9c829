#include "index/record_key.h"

#include <moisson/core/uuid.h>

namespace moisson::index {
namespace {

constexpr std::size_t digits = 32;

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// `hex` filled up to 32 digits with `filler`.
RecordKey key_of_digits(std::string hex, char filler) {
  hex.resize(digits, filler);
  RecordKey key;
  key.uuid = true;
  for (std::size_t i = 0; i < digits; ++i) {
    auto& half = i < digits / 2 ? key.high : key.low;
    half = half << 4 | static_cast<std::uint64_t>(hexadecimal(hex[i]));
  }
  return key;
}

}  // namespace

RecordKey key_of(std::string_view id) {
  if (is_uuid(id)) return keys_beginning(id)->first;
  RecordKey key;
  for (std::size_t i = 0; i < 16; ++i) {
    auto& half = i < 8 ? key.high : key.low;
    half = half << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0U);
  }
  return key;
}

std::optional<std::string> id_of(const RecordKey& key) {
  if (!key.uuid) return std::nullopt;
  std::string id;
  id.reserve(36);
  for (int shift = 124; shift >= 0; shift -= 4) {
    const auto half = shift >= 64 ? key.high : key.low;
    id += "0123456789abcdef"[half >> (shift % 64) & 15];
    if (id.size() == 8 || id.size() == 13 || id.size() == 18 || id.size() == 23) id += '-';
  }
  return id;
}

std::optional<std::pair<RecordKey, RecordKey>> keys_beginning(std::string_view beginning) {
  std::string hex;
  for (const char c : beginning) {
    if (c == '-') continue;
    if (hexadecimal(c) < 0 || hex.size() == digits) return std::nullopt;
    hex += c;
  }
  return std::pair{key_of_digits(hex, '0'), key_of_digits(hex, 'f')};
}

}  // namespace moisson::index
