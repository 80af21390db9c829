// Hashes. SHA-256 for content (libcrypto), as lower-case hexadecimal. Thread-safe.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace moisson {

std::string sha256_hex(std::string_view bytes);                         // 64 characters
std::string sha256_base64(std::string_view bytes);                      // RFC 4648 §4, with padding; 44 characters
std::string hex(std::string_view bytes);                                // lower case
std::string sha256(std::string_view bytes);                             // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // RFC 2104; 32 bytes
std::string sha1_hex(std::string_view bytes);                           // 40 characters; for UUID v5 only

// A fast 64-bit hash for tables and ETags, stable over runs and machines (FNV-1a with a final mix). Not for secrets.
std::uint64_t hash64(std::string_view bytes);

// Eight bytes, the first the lowest, on every machine.
inline std::uint64_t little_endian(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

// The same for what is hashed by the million: eight bytes a step, each folded from a product of 128 bits. Other values
// than hash64, as stable. A table that strangers fill takes a `seed` that they cannot know, or they would fill one slot.
inline std::uint64_t quick_hash64(std::string_view bytes, std::uint64_t seed = 0) {
  __extension__ using Wide = unsigned __int128;
  const auto fold = [](std::uint64_t word) {
    const Wide product = Wide{word} * 0x9e3779b97f4a7c15;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  std::uint64_t hash = fold(seed ^ 0xa0761d6478bd642f) ^ bytes.size();
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) hash = fold(hash ^ little_endian(bytes.data()));
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) rest |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return fold(hash ^ rest);
}

}  // namespace moisson
