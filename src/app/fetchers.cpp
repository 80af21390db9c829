#include "app/fetchers.h"

#include "net/curl_fetcher.h"

namespace moisson::app {

MakeFetcher fetchers(const HarvestConfiguration& configuration, net::HostGate& gate) {
  return [configuration, &gate](const harvest::HarvestSource& source,
                                std::stop_token stop) -> std::unique_ptr<net::Fetcher> {
    net::FetcherOptions options;
    options.user_agent = configuration.user_agent;
    options.timeout = configuration.timeout;
    if (source.private_networks) options.policy.allowed = configuration.allow_networks;
    options.policy.discreet = source.origin == harvest::SourceOrigin::operators;
    options.policy.nothing_else = configuration.user_agent == example_user_agent;
    return std::make_unique<net::CurlFetcher>(std::move(options), gate, std::move(stop));
  };
}

}  // namespace moisson::app
