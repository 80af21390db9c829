// Host names of every alphabet as DNS carries them (RFC 5891, RFC 3492): "données.fr" → "xn--donnes-eva.fr".
// Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace moisson {

// Each label that is not ASCII is mapped (lower case, compatibility forms, NFC) and encoded; ASCII labels stay as they
// are. Nothing for text that is not UTF-8 or that no encoding of 63 bytes holds.
std::optional<std::string> host_to_ascii(std::string_view host);

}  // namespace moisson
