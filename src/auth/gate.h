// Gate: who asks, and whether they may (http/router.h). The one place where tokens, sessions, the form key against
// forged requests (CSRF), roles and sources are checked. Thread-safe.
#pragma once

#include "auth/attempts.h"
#include "auth/token_check.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/http/message.h>

#include <functional>
#include <optional>
#include <string>

namespace moisson::auth {

struct GateOptions {
  bool secure = false;  // the site is reached by https: cookies are of the https kind
  // A page that tells a person of a 401, 403, 404 or 429.
  std::function<http::Response(const http::Request&, int status)> page;
};

class Gate {
 public:
  // What is referred to outlives the gate.
  Gate(store::Store& store, TokenCheck& tokens, Attempts& attempts, const Clock& clock, GateOptions options);

  // What a token shows counts before a session. Where other sites may read the answer (cross_origin) cookies count for
  // nothing. A method that may change something needs somebody known and, by a session, the session's form key. A
  // person who is not known is led to the sign-in page.
  std::optional<http::Response> operator()(const http::Route& route, http::Request& request);

  // Notes what a known caller changed, or was refused, in the audit log: the router's witness.
  void witness(const http::Route& route, const http::Request& request, const http::Response& response);

 private:
  std::optional<http::Response> identify(const http::Route& route, http::Request& request);
  // The source that the request is about; empty: none. not_found: there is no such job or record.
  Result<std::string> subject_of(const http::Route& route, const http::Request& request) const;
  http::Response refuse(const http::Route& route, const http::Request& request, int status,
                        std::string_view detail) const;

  store::Store& store_;
  TokenCheck& tokens_;
  Attempts& attempts_;
  const Clock& clock_;
  const GateOptions options_;
};

}  // namespace moisson::auth
