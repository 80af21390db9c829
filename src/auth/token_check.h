// TokenCheck: who shows this token? A hash takes 0.1 s, so what was checked once is known again by a keyed digest
// (HMAC-SHA256 under a key of this process, in memory only) until the token's row changes or ends. Thread-safe.
#pragma once

#include "auth/api_token.h"
#include "store/people.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/http/identity.h>

#include <map>
#include <mutex>
#include <string>

namespace moisson::auth {

// What the account may, narrowed to the token's own role and sources.
http::Identity identity_of(const store::Token& token, const store::Account& account);

class TokenCheck {
 public:
  TokenCheck(store::People& people, const Clock& clock);

  // refused: unknown, revoked, expired or wrong, all in the same words.
  Result<http::Identity> check(const ApiToken& token);

 private:
  bool is_secret_of(const ApiToken& token, const std::string& hash);

  store::People& people_;
  const Clock& clock_;
  const std::string key_;
  std::mutex mutex_;
  std::map<std::string, std::string> known_;  // digest of what was shown → the hash that it matched; at most 1,000
};

}  // namespace moisson::auth
