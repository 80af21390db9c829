// Session: a browser that is signed in. Its cookie holds a random secret, the store its hash, the account and the key
// that every form must carry. It ends an hour after its last page, or twelve after its beginning. Thread-safe.
#pragma once

#include "store/people.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/http/identity.h>

#include <chrono>
#include <string>
#include <string_view>

namespace moisson::auth {

inline constexpr std::chrono::hours session_idle{1};
inline constexpr std::chrono::hours session_absolute{12};

// Opens one, forgets those that have ended. Result: what its cookie is to hold.
Result<std::string> open_session(store::People& people, std::string_view account, Instant now);

// Who the session of this cookie is; nobody if there is none. Until the notice of the first sign-in is taken, somebody
// with no role.
Result<http::Identity> session_identity(store::People& people, std::string_view cookie, Instant now);

Result<void> close_session(store::People& people, std::string_view cookie);

}  // namespace moisson::auth
