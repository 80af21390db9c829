// Fair use: one token bucket a client, so that nobody's haste is another's wait. A client is who holds a key, else a
// network (pseudonym.h): no address is kept. Told in RateLimit and RateLimit-Policy, as draft-ietf-httpapi-ratelimit-
// headers-11 describes them. Thread-safe.
#pragma once

#include "http/client_address.h"
#include "http/pseudonym.h"
#include "http/token_bucket.h"

#include <moisson/core/time.h>
#include <moisson/http/message.h>

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::http {

// The id of the key that a request shows, once it is proven; empty: it shows none, or a wrong one. Called by all
// workers at once, and only where there is an Authorization field.
using KeyOf = std::function<std::string(const Request&)>;

struct FairUseOptions {
  Allowance anonymous;                 // of a network; a newsroom or a town hall shares one
  Allowance with_key;                  // of who holds a key
  TrustsProxy exempts = {};            // clients without limit: this machine itself
  std::vector<std::string> free = {};  // beginnings of paths that cost nothing: dumps, assets, health
  std::string instead = {};            // where everything can be had at once: the address of a dump
  std::size_t max_clients = 100'000;   // remembered at once, about 60 bytes each
};

class FairUse {
 public:
  // The clock outlives it.
  FairUse(FairUseOptions options, const Clock& clock);

  // What is left to the client of a request after it.
  struct Verdict {
    bool limited = false;  // false: nothing to tell, nothing to refuse
    Allowance allowance;
    Taken taken;
  };
  Verdict ask(const Request& request);

  // 429 as a problem of the draft's type quota-exceeded, with "dump", the address of everything at once.
  Response refusal(const Verdict& verdict) const;

 private:
  void make_room(Instant now);

  const FairUseOptions options_;
  const Clock& clock_;
  const Pseudonyms pseudonyms_;
  std::mutex mutex_;
  struct Client {
    TokenBucket bucket;
    Instant full{};  // from then on it may be forgotten
  };
  std::unordered_map<std::uint64_t, Client> clients_;
};

// Puts the two fields on an answer; on one that was refused, Retry-After too (RFC 6585 §4).
void tell(const FairUse::Verdict& verdict, Headers& headers);

}  // namespace moisson::http
