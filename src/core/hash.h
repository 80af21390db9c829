// Hashes. SHA-256 for content (libcrypto), as lower-case hexadecimal. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson {

std::string sha256_hex(std::string_view bytes);     // 64 characters
std::string sha256_base64(std::string_view bytes);  // RFC 4648 §4, with padding; 44 characters
std::string sha1_hex(std::string_view bytes);       // 40 characters; for UUID v5 only

// A fast 64-bit hash for tables and ETags, stable over runs and machines (FNV-1a with a final mix). Not for secrets.
std::uint64_t hash64(std::string_view bytes);

// The same for what is hashed by the million: eight bytes a step, each folded from a product of 128 bits. Other values
// than hash64, as stable. A table that strangers fill takes a `seed` that they cannot know, or they would fill one slot.
inline std::uint64_t quick_hash64(std::string_view bytes, std::uint64_t seed = 0) {
  __extension__ using Wide = unsigned __int128;
  const auto fold = [](std::uint64_t word) {
    const Wide product = Wide{word} * 0x9e3779b97f4a7c15;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const auto load = [&bytes](std::size_t count) {  // little-endian
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
  };
  std::uint64_t hash = fold(seed ^ 0xa0761d6478bd642f) ^ bytes.size();
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) hash = fold(hash ^ load(8));
  return fold(hash ^ load(bytes.size()));
}

}  // namespace moisson
