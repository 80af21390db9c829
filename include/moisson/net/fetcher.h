// Fetcher: the only way a harvester reaches the outside world. One GET, its redirects, retries and politeness. Sign-in and
// webhooks also POST through it.
// The real one is src/net/curl_fetcher.h; it checks every connected address against a policy, obeys the host's
// pace, and caps what it reads. A fetcher belongs to one job's thread; it is not thread-safe.
#pragma once

#include <moisson/core/result.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::net {

// What a server told us about a representation, to be sent back next time (RFC 9110 §13.1).
struct Validators {
  std::string etag;           // with its quotes; empty if none
  std::string last_modified;  // HTTP date as received; empty if none
  bool operator==(const Validators&) const = default;
};

// The body of a POST: no redirect of it is followed, and it is retried as `attempts` says, which whoever must not ask twice
// sets to 1.
struct Post {
  std::string content_type;
  std::string body;  // may be a secret, never logged
};

struct FetchRequest {
  std::string url;                                           // absolute, http or https
  std::string accept;                                        // Accept header; empty: */*
  std::vector<std::pair<std::string, std::string>> headers;  // further headers; values may be secrets, never logged
  Validators validators;                                     // sent as If-None-Match / If-Modified-Since
  std::uint64_t max_bytes = std::uint64_t{64} << 20;         // of the decoded body
  std::chrono::milliseconds timeout{60'000};                 // one attempt, first byte to last
  int attempts = 4;                                          // in all; 429, 5xx, cuts and time-outs are retried
  std::optional<Post> post;                                  // nothing: a GET

  FetchRequest() = default;
  explicit FetchRequest(std::string address) : url(std::move(address)) {}
};

struct FetchAnswer {
  int status = 0;            // of the last hop; 304 has no body
  std::string final_url;     // after redirects
  std::string content_type;  // media type with parameters, as received; empty if the server sent none
  Validators validators;
  std::uint64_t bytes = 0;  // decoded
  int attempts = 1;         // how many it took
};

// Receives the decoded body in pieces, in order. An error ends the transfer and is returned by fetch().
// It may be called again from the start (`begin` true) when an attempt is retried.
using BodySink = std::function<Result<void>(std::string_view piece, bool begin)>;

class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Success: any 2xx, or 304 when validators were sent. Failure:
  //   refused      401, 403, 407, 451, a challenge page, robots.txt naming our token, or an address that the policy denies
  //   not_found    404, 410
  //   too_large    the body or the headers passed a cap
  //   timeout, unreachable   after all attempts
  //   invalid_input          not an http(s) URL, or an answer that is not HTTP
  //   cancelled              the job was stopped
  // `where` is the URL (no credentials); `message` names the status or cause, its first words fit a report.
  virtual Result<FetchAnswer> fetch(const FetchRequest& request, const BodySink& body) = 0;

  // Addresses asked although the host's robots.txt disallows them for everybody: their operator registered them, so that is
  // told, not obeyed. At most 20.
  virtual std::vector<std::string> disallowed() const { return {}; }

  // Permanent redirects that were followed (301 and 308, RFC 9110 §15.4): the address asked and where it leads. At
  // most 20.
  struct Moved {
    std::string from;
    std::string to;
    bool operator==(const Moved&) const = default;
  };
  virtual std::vector<Moved> moved() const { return {}; }

  // The same with the whole body in memory.
  Result<std::pair<FetchAnswer, std::string>> fetch_all(const FetchRequest& request);
};

}  // namespace moisson::net
