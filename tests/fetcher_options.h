// How a test fetches from a portal of its own: the loopback interface may be asked, and no pause is waited out.
#pragma once

#include "net/curl_fetcher.h"

namespace moisson::test {

inline net::FetcherOptions fetcher_options() {
  net::FetcherOptions options;
  options.user_agent = "Moisson-test/1";
  options.policy.allowed = {net::parse_network("127.0.0.0/8").value()};
  options.waiter = [](std::chrono::milliseconds, const std::stop_token& stop) { return !stop.stop_requested(); };
  return options;
}

}  // namespace moisson::test
