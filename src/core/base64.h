// Base64 as mail and HTTP write bytes (RFC 4648 §4), and base64url without padding as JOSE does (§5). Pure;
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace moisson {

std::string base64(std::string_view bytes);     // with padding
std::string base64url(std::string_view bytes);  // without

// Nothing for a letter outside the alphabet, padding, or a length or last bits that no encoder writes.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace moisson
