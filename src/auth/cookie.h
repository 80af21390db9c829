// Cookies of the sign-in (RFC 6265bis): server-side state only, HttpOnly, SameSite=Lax; with https Secure and named
// __Host- or __Secure-, so that no other site of the domain and no plain connection can set one. Pure.
#pragma once

#include <moisson/http/message.h>

#include <chrono>
#include <string>
#include <string_view>

namespace moisson::auth {

enum class Cookie {
  session,  // what People::session is found by
  sign_in,  // binds a sign-in under way to its browser
  hint,     // the ID token, for the provider's sign-out: held by the person alone, sent to /sign-out only
};

std::string_view value_of(const http::Request& request, Cookie cookie, bool secure);  // empty: none

// The value of a Set-Cookie; `age` 0 removes it.
std::string set_cookie(Cookie cookie, std::string_view value, std::chrono::seconds age, bool secure);

}  // namespace moisson::auth
