// Problems (RFC 9457): the JSON API's one shape of error. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <string_view>

namespace moisson::http {

// The HTTP status of an error: invalid_input 400, not_found 404, conflict 409, cancelled 410, too_large 413, refused
// 403, unsupported 501, timeout 504, unreachable 502, others 500.
int status_of(ErrorCode code);

// {"type","title","status","detail","field"} as application/problem+json. `field` is the error's `where`, left out if
// empty.
Response problem(const Error& error);
Response problem(int status, std::string_view detail, std::string_view field = {});

std::string_view reason(int status);  // "Not Found"

}  // namespace moisson::http
