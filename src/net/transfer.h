// Transfer: one GET or POST of one hop, on a libcurl handle of its own; no redirect, no retry, no politeness. Blocks; a
// stop request ends it at once. Keeps its connections for the next hop: all are of one address policy, so none is ever
// shared between two (curl does not ask about an address again when it reuses a connection). Not thread-safe.
#pragma once

#include "net/address_policy.h"

#include <moisson/net/fetcher.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace moisson::net {

inline constexpr std::size_t max_header_bytes = 64 * 1024;  // of one answer
// A body that unpacks to more than so many times what was sent, once it is larger than this, is a bomb: catalogs in
// gzip or brotli take a fifth to a fiftieth.
inline constexpr std::uint64_t max_unpack_ratio = 250;
inline constexpr std::uint64_t bomb_bytes = std::uint64_t{32} << 20;

struct HopRequest {
  std::string url;
  std::vector<std::string> headers;      // "Name: value"
  std::uint64_t max_bytes = 0;           // of the decoded body
  std::chrono::milliseconds timeout{0};  // from the first byte sent to the last received
  std::chrono::milliseconds stall{0};    // without progress; whole seconds count
  bool compressed = true;                // gzip and br are accepted
  const Post* post = nullptr;            // outlives the call; null: a GET
};

enum class HopEnd {
  answered,  // there is a status; the body of a 2xx went to the sink
  stopped,
  blocked,    // by the address policy
  too_large,  // body or headers
  sink_failed,
  timed_out,
  cut,           // the connection ended before the body did
  unreachable,   // no name, no connection
  untrusted,     // TLS
  bad_encoding,  // the body is not in the Content-Encoding that it claims
  not_http,
};

struct HopAnswer {
  HopEnd end = HopEnd::answered;
  Error error;  // of every end but answered; where and hint may be empty
  int status = 0;
  std::string location;  // of a redirect, absolute; else empty
  std::string content_type;
  Validators validators;
  std::optional<std::chrono::milliseconds> retry_after;
  bool challenge = false;   // a firewall asks for a browser (cf-mitigated: challenge)
  std::uint64_t bytes = 0;  // decoded
  std::string excerpt;      // the beginning of a body that is not for the sink, at most 2 KiB
};

class Transfer {
 public:
  // `policy` outlives the transfer.
  Transfer(const AddressPolicy& policy, std::string user_agent, std::stop_token stop);
  ~Transfer();

  HopAnswer send(const HopRequest& request, const BodySink& body);

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::net
