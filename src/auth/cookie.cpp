#include "auth/cookie.h"

#include "core/text.h"

namespace moisson::auth {
namespace {

std::string_view name_of(Cookie cookie, bool secure) {
  switch (cookie) {
    case Cookie::session:
      return secure ? "__Host-moisson" : "moisson";
    case Cookie::sign_in:
      return secure ? "__Host-moisson-sign-in" : "moisson-sign-in";
    case Cookie::hint:
      break;
  }
  return secure ? "__Secure-moisson-hint" : "moisson-hint";
}

}  // namespace

std::string_view value_of(const http::Request& request, Cookie cookie, bool secure) {
  const std::string_view name = name_of(cookie, secure);
  for (const auto& [header, value] : request.headers.all()) {
    if (!iequals_ascii(header, "Cookie")) continue;
    for (std::string_view pair : split(value, ';')) {
      pair = trim(pair);
      if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
    }
  }
  return {};
}

std::string set_cookie(Cookie cookie, std::string_view value, std::chrono::seconds age, bool secure) {
  std::string text(name_of(cookie, secure));
  (text += '=') += value;
  text += cookie == Cookie::hint ? "; Path=/sign-out" : "; Path=/";
  text += "; Max-Age=" + std::to_string(age.count()) + "; HttpOnly; SameSite=Lax";
  if (secure) text += "; Secure";
  return text;
}

}  // namespace moisson::auth
