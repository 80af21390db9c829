#include "auth/json_web_token.h"

#include "auth/secret.h"
#include "core/base64.h"
#include "core/text.h"

#include <algorithm>
#include <optional>

namespace moisson::auth {
namespace {

Error refused(std::string message, std::string where = "") {
  return {ErrorCode::refused, std::move(message), std::move(where), ""};
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
  if (name == "RS256") return Algorithm::rs256;
  if (name == "ES256") return Algorithm::es256;
  return std::nullopt;
}

// NumericDate (RFC 7519 §2): seconds, perhaps with a fraction.
std::optional<Instant> date(json::View claim) {
  const auto seconds = claim.number();
  if (!seconds || *seconds < 0 || *seconds > 253'402'300'799.0) return std::nullopt;
  return Instant(std::chrono::milliseconds(static_cast<std::int64_t>(*seconds * 1000)));
}

bool names(json::View audience, std::string_view client) {
  if (audience.string()) return audience.string() == client;
  const auto items = audience.items();
  return std::any_of(items.begin(), items.end(), [&](json::View item) { return item.string() == client; });
}

}  // namespace

Result<json::Document> open_token(std::string_view token, const std::vector<JsonWebKey>& keys) {
  if (token.size() > max_token_bytes) return refused("a token of more than 64 KiB");
  const auto parts = split(token, '.');
  if (parts.size() != 3) return refused("not a signed token");
  const auto head = base64url_decode(parts[0]), payload = base64url_decode(parts[1]),
             signature = base64url_decode(parts[2]);
  if (!head || !payload || !signature) return refused("a token that is not base64url");
  const auto header = json::Document::parse(*head);
  if (!header || !header->root().is(json::Kind::object)) return refused("a token whose header is not JSON");
  const auto algorithm = algorithm_named(header->root()["alg"].string().value_or(""));
  if (!algorithm) return refused("a token that is not signed with RS256 or ES256", "alg");
  if (header->root()["crit"].exists()) return refused("a token that asks for an extension", "crit");

  const std::string id = header->root()["kid"].text();
  const std::string_view text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  bool any = false;
  for (const JsonWebKey& key : keys) {
    if (key.algorithm != *algorithm || (!id.empty() && key.id != id)) continue;
    any = true;
    if (!key.verifies(text, *signature)) continue;
    auto claims = json::Document::parse(*payload);
    if (!claims || !claims->root().is(json::Kind::object)) return refused("a token whose claims are not JSON");
    return std::move(*claims);
  }
  if (any) return refused("a token whose signature is not the provider's");
  return Error{ErrorCode::not_found, "a token signed with a key that the provider does not publish", "kid", ""};
}

Result<void> check_id_token(json::View claims, const Expected& expected) {
  if (claims["iss"].string() != expected.issuer) return refused("a token of another issuer", "iss");
  if (!names(claims["aud"], expected.audience)) return refused("a token for another program", "aud");
  if (claims["aud"].size() > 1 && !claims["azp"].exists())
    return refused("a token for several programs that names none", "azp");
  if (claims["azp"].exists() && claims["azp"].string() != expected.audience)
    return refused("a token for another program", "azp");
  const auto expires = date(claims["exp"]), issued = date(claims["iat"]), from = date(claims["nbf"]);
  if (!expires || *expires + clock_skew <= expected.now) return refused("an expired token", "exp");
  if (!issued || *issued - clock_skew > expected.now) return refused("a token from the future", "iat");
  if (claims["nbf"].exists() && (!from || *from - clock_skew > expected.now))
    return refused("a token from the future", "nbf");
  if (!expected.nonce.empty() && !equal_secrets(claims["nonce"].string().value_or(""), expected.nonce))
    return refused("a token that answers another request", "nonce");
  const auto subject = claims["sub"].string().value_or("");
  if (subject.empty() || subject.size() > 255) return refused("a token that names nobody", "sub");
  return {};
}

}  // namespace moisson::auth
