// ApiToken: what a program shows, "moisson_ID_SECRET": the id finds the token's row, the secret is checked against its
// hash. The prefix lets scanners of leaked secrets know it. Pure but for the randomness of mint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace moisson::auth {

struct ApiToken {
  std::string id;      // 16 characters, no secret
  std::string secret;  // 43 characters

  std::string text() const;
  bool operator==(const ApiToken&) const = default;
};

ApiToken mint_token();

// The token of an Authorization header, "Bearer TOKEN" (RFC 6750 §2.1). Nothing for anything else.
std::optional<ApiToken> bearer_token(std::string_view authorization);

}  // namespace moisson::auth
