#include "app/people.h"

#include "core/secret_file.h"
#include "net/curl_fetcher.h"

#include <utility>

namespace moisson::app {

People::People(Instance& instance)
    : instance_(instance),
      secure_(instance.configuration().catalog.base_url.starts_with("https:")),
      tokens_(instance.store().people(), instance.clock()) {}

Result<std::unique_ptr<People>> People::open(Instance& instance) {
  std::unique_ptr<People> people(new People(instance));
  const auto& configuration = instance.configuration();
  std::unique_ptr<auth::Provider> provider;
  if (!configuration.auth.issuer.empty()) {
    auto secret = read_secret(configuration.auth.client_secret_file);
    if (!secret) return secret.error();
    // Politeness is for portals: the provider is asked at once, and its robots.txt is for crawlers.
    net::FetcherOptions options;
    options.user_agent = configuration.harvest.user_agent;
    options.policy.allowed = configuration.auth.allow_networks;
    options.robots = false;
    options.timeout = std::chrono::seconds(5);
    auto& hosts = people->hosts_;
    provider = std::make_unique<auth::Provider>(
        auth::ProviderOptions{configuration.auth.issuer, configuration.auth.client_id, std::move(*secret),
                              instance.links().page("/sign-in/callback"), instance.links().page("/signed-out")},
        [options, &hosts] { return std::make_unique<net::CurlFetcher>(options, hosts, std::stop_token()); },
        instance.clock());
  }
  people->desk_ = std::make_unique<auth::Desk>(instance.store().people(), instance.store().audit(), people->attempts_,
                                               std::move(provider), instance.clock(),
                                               auth::DeskOptions{people->secure_, configuration.auth.newcomers});
  if (const auto courier = people->start_courier(); !courier) return courier.error();
  return people;
}

Result<void> People::start_courier() {
  const auto& configuration = instance_.configuration();
  const auto& mail = configuration.mail;
  notify::CourierOptions options;
  options.server.url = mail.server;
  options.server.user = mail.user;
  if (!mail.user.empty()) {
    auto password = read_secret(mail.password_file);
    if (!password) return password.error();
    options.server.password = std::move(*password);
  }
  options.sender = mail.sender;
  options.language = configuration.catalog.language;
  options.job_url = [links = instance_.links()](std::int64_t job) { return links.job(job); };
  options.account_url = instance_.links().page("/account");
  // A webhook's address is an operator's own: never one of our networks, and no way to find out what is there.
  net::FetcherOptions fetcher;
  fetcher.user_agent = configuration.harvest.user_agent;
  fetcher.robots = false;
  fetcher.timeout = std::chrono::seconds(10);
  options.make_fetcher = [fetcher, &hosts = hosts_] {
    return std::make_unique<net::CurlFetcher>(fetcher, hosts, std::stop_token());
  };
  courier_ = std::make_unique<notify::Courier>(instance_.store(), std::move(options), instance_.clock());
  courier_->run();
  return {};
}

std::string People::key_of(const http::Request& request) {
  const auto token = auth::bearer_token(request.headers.get("Authorization"));
  const Instant now = instance_.clock().now();
  if (!token || !attempts_.has(request.address, now)) return {};
  if (tokens_.check(*token)) return token->id;
  attempts_.take(request.address, now);
  return {};
}

void People::guard(http::Router& router, std::function<http::Response(const http::Request&, int status)> page) {
  gate_ = std::make_unique<auth::Gate>(instance_.store(), tokens_, attempts_, instance_.clock(),
                                       auth::GateOptions{secure_, std::move(page)});
  auth::Gate& gate = *gate_;
  router.set_gate([&gate](const http::Route& route, http::Request& request) { return gate(route, request); });
  router.set_witness([&gate](const http::Route& route, const http::Request& request, const http::Response& response) {
    gate.witness(route, request, response);
  });
}

}  // namespace moisson::app
