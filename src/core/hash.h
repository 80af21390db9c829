// Hashes. SHA-256 for content (libcrypto), as lower-case hexadecimal. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace moisson {

std::string sha256_hex(std::string_view bytes);     // 64 characters
std::string sha256_base64(std::string_view bytes);  // RFC 4648 §4, with padding; 44 characters
std::string sha256(std::string_view bytes);         // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // RFC 2104; 32 bytes
std::string sha1_hex(std::string_view bytes);       // 40 characters; for UUID v5 only

// A fast 64-bit hash for tables and ETags, stable over runs and machines (FNV-1a with a final mix). Not for secrets.
std::uint64_t hash64(std::string_view bytes);

}  // namespace moisson
