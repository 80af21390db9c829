#include <moisson/core/uuid.h>

#include "core/hash.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace moisson {
namespace {

// 32 hexadecimal characters → the dashed form with version and variant set (RFC 9562 §4).
std::string dashed(std::string hex, char version) {
  static constexpr char digits[] = "0123456789abcdef";
  hex.resize(32);
  hex[12] = version;
  const char variant = hex[16];
  const int nibble = variant <= '9' ? variant - '0' : variant - 'a' + 10;
  hex[16] = digits[(nibble & 0x3) | 0x8];
  for (const std::size_t place : {20, 16, 12, 8}) hex.insert(place, 1, '-');
  return hex;
}

// Moisson's own name space: sixteen bytes drawn once. Every record id hangs on them: they never change.
constexpr std::string_view record_namespace{"\x5a\x0e\x8e\x4c\x1d\x6b\x5f\x0a\x9c\x3e\x2b\x71\xd4\x86\x0f\x93", 16};

}  // namespace

std::string record_uuid(std::string_view source_id, std::string_view remote_id) {
  // A source id holds no blank, so that the pair is read back from the joined text in one way only.
  std::string name(record_namespace);
  name.append(source_id).append(" ").append(remote_id);
  return dashed(sha1_hex(name), '5');
}

std::string random_uuid() {
  std::array<unsigned char, 16> bytes;
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the operating system gives no random bytes");
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return dashed(std::move(hex), '4');
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return false;
    } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
      return false;
    }
  }
  return true;
}

}  // namespace moisson
