// Signed JSON Web Tokens (RFC 7519, RFC 7515 compact) of an OpenID provider: its ID tokens, and its answers about a
// person where it signs them. Pure; thread-safe.
#pragma once

#include "auth/json_web_key.h"

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::auth {

inline constexpr std::size_t max_token_bytes = 64 * 1024;
inline constexpr std::chrono::seconds clock_skew{60};

// The claims of a token whose signature is that of one of these keys. The key is chosen by kid and must fit the
// algorithm (RS256 or ES256; "none" and HS256 are no algorithms here), and "crit" is refused (RFC 7515 §4.1.11).
// not_found: no key of that kid (ask the provider for its keys anew). refused: everything else.
Result<json::Document> open_token(std::string_view token, const std::vector<JsonWebKey>& keys);

struct Expected {
  std::string issuer;
  std::string audience;  // our client id
  std::string nonce;     // empty: none is asked for
  Instant now{};
};

// Whether these claims are of an ID token meant for us and now (OpenID Connect Core §3.1.3.7): iss, aud, azp, exp, iat,
// nbf, nonce, sub. refused, naming the claim in `where`.
Result<void> check_id_token(json::View claims, const Expected& expected);

}  // namespace moisson::auth
