// Conditional requests (RFC 9110 §13): entity tags against If-None-Match. Pure.
// A handler names one tag a representation; the server makes another of it for each coding (RFC 9110 §8.8.3.3).
#pragma once

#include <moisson/http/message.h>

#include <string>
#include <string_view>

namespace moisson::http {

// Whether the If-None-Match list holds `etag`, compared weakly (RFC 9110 §13.1.2); "*" matches everything.
bool none_match_holds(std::string_view if_none_match, std::string_view etag);

// `"abc"` → `"abc-gzip"`; a weak tag stays weak.
std::string gzip_etag(std::string_view etag);

// Whether the client already holds the representation of this tag, plain or, if it takes gzip, compressed: then a
// handler may answer not_modified(etag) without making the body.
bool is_fresh(const Request& request, std::string_view etag);
Response not_modified(std::string_view etag);

}  // namespace moisson::http
