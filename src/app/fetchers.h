// Fetchers for sources, as the configuration wants them: who we say we are, and which addresses may be connected to.
#pragma once

#include "app/configuration.h"
#include "net/host_gate.h"

#include <moisson/net/fetcher.h>

#include <functional>
#include <memory>
#include <stop_token>

namespace moisson::app {

using MakeFetcher = std::function<std::unique_ptr<net::Fetcher>(const harvest::HarvestSource&, std::stop_token)>;

// While user_agent is the example's, only allow_networks are reached: a public portal must be able to tell who asks.
// The gate outlives what is made; the configuration is copied.
MakeFetcher fetchers(const HarvestConfiguration& configuration, net::HostGate& gate);

}  // namespace moisson::app
