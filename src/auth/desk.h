// Desk: where people sign in and out, make tokens and leave. Thread-safe.
#pragma once

#include "auth/attempts.h"
#include "auth/pending_sign_ins.h"
#include "auth/provider.h"
#include "store/audit_log.h"
#include "store/people.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/http/message.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::auth {

struct DeskOptions {
  bool secure = false;  // the site is reached by https
  bool newcomers =
      false;  // whom the provider knows may register portals of their own; else only who was invited comes in
};

// Where the browser goes next, and the cookies that it takes along.
struct Step {
  std::string location;              // may be empty after sign_out: the provider needs no visit
  std::vector<std::string> cookies;  // values of Set-Cookie
};

struct TokenWish {
  std::string name;  // 1 to 100 characters
  http::Role role = http::Role::reader;
  std::vector<std::string> sources;  // empty: those of the account
  std::chrono::days lifetime{90};    // 1 to 366
};

// Makes a token of this account. Result: its text, told this once. invalid_input naming the field; refused: more than
// the account may.
Result<std::string> issue_token(store::People& people, const store::Account& account, const TokenWish& wish,
                                Instant now);

class Desk {
 public:
  // `provider` null: nobody signs in here, programs show tokens all the same. What is referred to outlives the desk.
  Desk(store::People& people, store::AuditLog& audit, Attempts& attempts, std::unique_ptr<Provider> provider,
       const Clock& clock, DeskOptions options);

  bool is_open() const { return provider_ != nullptr; }
  std::string issuer() const { return provider_ ? provider_->options().issuer : std::string(); }

  // To the provider. too_large: too many attempts from this address. unreachable and others: the provider does not
  // answer.
  Result<Step> begin(const http::Request& request);
  // Back from it, with a session. invalid_input: this answers no sign-in of this browser. refused: the provider said
  // no, a check of its token failed, or nobody awaits this person.
  Result<Step> finish(const http::Request& request);
  // Ends the session here; `location` is where the provider ends its own.
  Result<Step> sign_out(const http::Request& request);

  store::People& people() { return people_; }
  store::AuditLog& audit() { return audit_; }

 private:
  Result<store::Account> account_for(const Person& person);
  void note(std::string_view account, std::string_view outcome);

  store::People& people_;
  store::AuditLog& audit_;
  Attempts& attempts_;
  const std::unique_ptr<Provider> provider_;
  const Clock& clock_;
  const DeskOptions options_;
  PendingSignIns pending_;
};

}  // namespace moisson::auth
