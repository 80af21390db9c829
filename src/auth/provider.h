// Provider: the OpenID provider (OpenID Connect Core 1.0) that this site trusts: where to send a person to sign in, and
// who came back. Code flow with PKCE (RFC 7636). What it says of itself (Discovery 1.0) and its keys are read when
// first needed and kept for an hour; a token signed with an unknown key has the keys read again, at most once a minute.
// A provider that did not answer is not asked what it is again for half a minute, so that its fall costs this site
// little. Thread-safe; everything may block, 5 s a question.
#pragma once

#include "auth/json_web_key.h"

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/net/fetcher.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::auth {

struct ProviderOptions {
  std::string issuer;  // exactly as the provider writes it
  std::string client_id;
  std::string client_secret;   // never logged, never told
  std::string redirect_uri;    // ours
  std::string signed_out_uri;  // ours
};

// Who signed in; nothing else of what the provider tells is kept.
struct Person {
  std::string subject;
  std::string mail;
  std::string id_token;  // for the provider's own sign-out
};

// What a sign-in under way must be answered with.
struct Challenge {
  std::string state;
  std::string nonce;
  std::string verifier;  // RFC 7636 §4.1
};

class Provider {
 public:
  using MakeFetcher = std::function<std::unique_ptr<net::Fetcher>()>;

  Provider(ProviderOptions options, MakeFetcher make_fetcher, const Clock& clock);

  // The address of the provider's sign-in page. unreachable, invalid_input: it does not say where.
  Result<std::string> sign_in_url(const Challenge& challenge);

  // The person of this code. refused: the provider or a check of its tokens says no; unreachable, timeout.
  Result<Person> exchange(std::string_view code, const Challenge& challenge);

  // Where the provider ends its own session (RP-Initiated Logout 1.0); empty: it does not offer that.
  std::string sign_out_url(std::string_view id_token);

  const ProviderOptions& options() const { return options_; }

 private:
  struct Description {
    std::string authorization, token, keys, user_info, end_session;
    bool basic = true;  // the client authenticates by HTTP Basic, else in the form (RFC 6749 §2.3.1)
    Instant read{};
  };
  struct Keys {
    std::vector<JsonWebKey> keys;
    Instant read{};
  };
  struct Granted {
    std::string id_token, access_token;
  };

  Result<std::string> get(net::FetchRequest request) const;
  Result<Description> description();
  Result<Description> read_description() const;
  Result<std::vector<JsonWebKey>> keys(const Description& description, bool anew);
  Result<json::Document> open(std::string_view token, const Description& description);
  Result<Granted> redeem(const Description& description, std::string_view code, std::string_view verifier) const;
  Result<json::Document> user_info(const Description& description, std::string_view access_token);

  const ProviderOptions options_;
  const MakeFetcher make_fetcher_;
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<Description> description_;
  std::optional<std::pair<Error, Instant>> silence_;  // why it could not be read, and when
  std::optional<Keys> keys_;
};

}  // namespace moisson::auth
