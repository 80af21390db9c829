// CurlFetcher: the real Fetcher, on libcurl. One blocking handle a job, one address policy a fetcher (a pooled connection is
// never shared between policies). Redirects are followed by hand, at most 5: each hop passes its own host's gate, each address is
// checked when its socket opens, and headers of the request stay with the host that they were meant for. robots.txt sets
// the pace of a host; 429 and 503 are waited for as Retry-After asks. Not thread-safe; HostGate is.
#pragma once

#include "net/address_policy.h"
#include "net/host_gate.h"

#include <moisson/net/fetcher.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace moisson::net {

struct FetcherOptions {
  std::string user_agent;
  AddressPolicy policy;
  std::chrono::milliseconds timeout{60'000};    // without progress; a request may ask for longer as a whole
  std::chrono::milliseconds max_wait{120'000};  // a Retry-After beyond it ends the fetch with its own words
  bool robots = true;
  Waiter waiter = wait_for;  // between attempts
};

class CurlFetcher final : public Fetcher {
 public:
  // `gate` is shared by all fetchers of the program and outlives them. A stop request ends a transfer or a wait at once.
  CurlFetcher(FetcherOptions options, HostGate& gate, std::stop_token stop);
  ~CurlFetcher() override;

  Result<FetchAnswer> fetch(const FetchRequest& request, const BodySink& body) override;

  std::vector<std::string> disallowed() const override;
  std::vector<Moved> moved() const override;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::net
