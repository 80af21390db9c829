// Media types (RFC 9110 §8.3) and content negotiation (§12.5.1). Values; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace moisson {

struct MediaType {
  std::string type;     // "text/turtle", lower case; empty if unreadable
  std::string charset;  // lower case; empty if not stated
};

MediaType parse_media_type(std::string_view header);

// The offer (index) that an Accept header likes best; equal likes go to the earlier offer; an empty header to offer 0;
// -1: none is acceptable. Offers are plain types ("text/html").
int negotiate(std::string_view accept, std::span<const std::string_view> offers);

// The language of `offers` that Accept-Language likes best; offers[0] if none.
std::string_view negotiate_language(std::string_view accept_language, std::span<const std::string_view> offers);

}  // namespace moisson
