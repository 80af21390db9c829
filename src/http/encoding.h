// Content coding (RFC 9110 §8.4, §12.5.3): who takes gzip, and what is worth it. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace moisson::http {

// Below this many bytes gzip costs more than it saves.
inline constexpr std::size_t min_compressed_bytes = 1024;

bool accepts_gzip(std::string_view accept_encoding);

// Text of any kind: text/*, JSON, XML, JavaScript, N-Triples, SVG. Parameters are ignored.
bool is_compressible(std::string_view content_type);

}  // namespace moisson::http
