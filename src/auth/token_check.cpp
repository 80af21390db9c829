#include "auth/token_check.h"

#include "auth/secret.h"
#include "core/hash.h"

#include <algorithm>

namespace moisson::auth {
namespace {

constexpr std::size_t most_known = 1'000;
constexpr std::chrono::minutes between_uses{1};  // a use is noted at most so often

Error refused() {
  return {ErrorCode::refused, "the token is not known, has expired or was revoked", "Authorization",
          "make a new one on your account's page"};
}

}  // namespace

http::Identity identity_of(const store::Token& token, const store::Account& account) {
  http::Identity identity;
  identity.by = http::Identity::By::token;
  identity.account = account.id;
  identity.name = token.name + " (" + account.mail + ")";
  identity.role = std::min(http::role(token.role).value_or(http::Role::everyone),
                           http::role(account.role).value_or(http::Role::everyone));
  // An administrator looks after every source, which the lesser role of a token must say.
  http::Identity whole;
  whole.role = http::role(account.role).value_or(http::Role::everyone);
  whole.sources =
      whole.role == http::Role::administrator ? std::vector{std::string(http::every_source)} : account.sources;
  if (token.sources.empty()) {
    identity.sources = whole.sources;
    return identity;
  }
  for (const std::string& source : token.sources)
    if (whole.may(http::Role::reader, source)) identity.sources.push_back(source);
  // An administrator's rights end at no source, so a token for some sources is an operator's at most.
  identity.role = std::min(identity.role, http::Role::operator_);
  return identity;
}

TokenCheck::TokenCheck(store::People& people, const Clock& clock)
    : people_(people), clock_(clock), key_(random_secret()) {}

bool TokenCheck::is_secret_of(const ApiToken& token, const std::string& hash) {
  const std::string digest = hmac_sha256(key_, token.text());
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(digest);
    if (known != known_.end() && known->second == hash) return true;
  }
  if (!matches_hash(token.secret, hash)) return false;
  const std::lock_guard lock(mutex_);
  if (known_.size() >= most_known) known_.clear();
  known_[digest] = hash;
  return true;
}

Result<http::Identity> TokenCheck::check(const ApiToken& shown) {
  const auto token = people_.token(shown.id);
  if (!token) return token.error().code == ErrorCode::not_found ? refused() : token.error();
  const Instant now = clock_.now();
  if (token->revoked || token->expires <= now || !is_secret_of(shown, token->hash)) return refused();
  const auto account = people_.account(token->account);
  if (!account) return account.error().code == ErrorCode::not_found ? refused() : account.error();
  if (!token->last_used || now - *token->last_used >= between_uses)
    if (const auto noted = people_.token_used(token->id); !noted) return noted.error();
  return identity_of(*token, *account);
}

}  // namespace moisson::auth
