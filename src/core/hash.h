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

// The same for what is hashed by the million: eight bytes a step. Other values than hash64, as stable.
inline std::uint64_t quick_hash64(std::string_view bytes) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15;
  const auto load = [&bytes](std::size_t count) {  // little-endian
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
  };
  std::uint64_t hash = bytes.size() * factor;
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    hash = (hash ^ load(8)) * factor;
    hash ^= hash >> 32;
  }
  hash = (hash ^ load(bytes.size())) * factor;
  return hash ^ (hash >> 29);
}

}  // namespace moisson
