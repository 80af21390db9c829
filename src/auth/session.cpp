#include "auth/session.h"

#include "auth/secret.h"
#include "core/hash.h"

namespace moisson::auth {
namespace {

constexpr std::chrono::minutes between_touches{1};

}  // namespace

Result<std::string> open_session(store::People& people, std::string_view account, Instant now) {
  if (const auto forgotten = people.forget_sessions(now - session_absolute, now - session_idle); !forgotten)
    return forgotten.error();
  std::string secret = random_secret();
  // The secret has 256 random bits, so a plain hash of it cannot be guessed backwards, and every page asks for it.
  if (const auto opened = people.open_session(sha256_hex(secret), account, random_secret()); !opened)
    return opened.error();
  return secret;
}

Result<http::Identity> session_identity(store::People& people, std::string_view cookie, Instant now) {
  http::Identity nobody;
  if (cookie.empty()) return nobody;
  const std::string hash = sha256_hex(cookie);
  const auto session = people.session(hash);
  if (!session) return session.error().code == ErrorCode::not_found ? Result<http::Identity>(nobody) : session.error();
  if (now - session->created >= session_absolute || now - session->last_seen >= session_idle) return nobody;
  if (now - session->last_seen >= between_touches)
    if (const auto touched = people.touch_session(hash); !touched) return touched.error();

  http::Identity identity;
  identity.by = http::Identity::By::session;
  identity.account = session->account.id;
  identity.name = session->account.mail;
  identity.form_key = session->form_key;
  if (!session->account.noticed) return identity;
  identity.role = http::role(session->account.role).value_or(http::Role::everyone);
  identity.sources = session->account.sources;
  return identity;
}

Result<void> close_session(store::People& people, std::string_view cookie) {
  return people.close_session(sha256_hex(cookie));
}

}  // namespace moisson::auth
