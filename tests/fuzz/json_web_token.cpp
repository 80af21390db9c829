// Any bytes as what a provider hands to us: a set of keys in the first line, a token in the rest; and as what a program
// shows.
#include "auth/json_web_token.h"

#include "auth/api_token.h"
#include "auth/return_path.h"
#include "core/base64.h"

#include "fuzz.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto [set, token] = first_line_and_rest(bytes);
  const auto keys = auth::read_key_set(set);
  require(!keys || keys->size() <= auth::max_keys, "keys are capped");
  // Nobody's private key is in the fuzzer: whatever it makes up is not signed.
  require(!auth::open_token(token, keys ? *keys : std::vector<auth::JsonWebKey>{}),
          "no token opens without its signature");
  if (const auto claims = json::Document::parse(token))
    require(!auth::check_id_token(claims->root(),
                                  {"https://id.example", "moisson", "a nonce that nobody guesses", Instant{}}),
            "no claims answer a request that was not made");
  if (const auto shown = auth::bearer_token(token))
    require(auth::bearer_token("Bearer " + shown->text()) == shown, "a token reads back");
  const std::string path = auth::return_path(token);
  require(path.starts_with('/') && !path.starts_with("//") && path.find('\\') == path.npos,
          "a return leads to this site");
  if (const auto decoded = base64url_decode(token)) require(base64url(*decoded) == token, "bytes have one spelling");
}

}  // namespace moisson::fuzz
