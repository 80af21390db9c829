#include "app/serve.h"

#include "api/usage_meter.h"
#include "app/control_server.h"
#include "app/people.h"
#include "app/route_table.h"
#include "app/usage_flusher.h"
#include "core/log.h"
#include "http/fair_use.h"
#include "web/routes.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace moisson::app {

namespace {

// Whose X-Forwarded-For is believed, and who is not held to a limit: this machine itself, and the proxies named.
http::TrustsProxy trusted(const ServerConfiguration& server) {
  auto networks = server.trusted_proxies;
  for (const std::string_view own : {"127.0.0.0/8", "::1/128"}) networks.push_back(*net::parse_network(own));
  return [networks = std::move(networks)](std::string_view address) {
    const auto read = net::parse_address(address);
    return read &&
           std::any_of(networks.begin(), networks.end(), [&](const auto& each) { return each.contains(*read); });
  };
}

http::FairUseOptions fair_use_options(const ServerConfiguration& server, const links::Links& links) {
  return {.anonymous = {server.requests_per_minute},
          .with_key = {server.requests_per_minute_with_key},
          .exempts = trusted(server),
          .free = {"/dumps/", "/assets/", "/healthz", "/readyz", "/metrics", "/robots.txt"},
          .instead = links.page("/dumps/records.jsonl")};
}

}  // namespace

struct Site::Body {
  Body(const ServerConfiguration& limits, const links::Links& links, const Clock& clock, store::UsageBook& book)
      : fair_use(fair_use_options(limits, links), clock), meter(clock), flusher(meter, book) {}

  // They go the other way round: the server, then what it counted last.
  http::FairUse fair_use;
  api::UsageMeter meter;
  UsageFlusher flusher;
  std::unique_ptr<People> people;
  std::optional<http::Router> router;
  std::atomic<const http::Server*> running = nullptr;
  std::unique_ptr<http::Server> server;
  std::jthread watch;  // wakes requests that wait for a change of the store
};

constexpr std::chrono::milliseconds watch_wait{200};  // between two looks whether the site ends

Site::Site() = default;

Result<std::unique_ptr<Site>> Site::start(Instance& instance) {
  const auto& configuration = instance.configuration();
  auto people = People::open(instance);
  if (!people) return people.error();
  std::unique_ptr<Site> site(new Site);
  site->body_ =
      std::make_unique<Body>(configuration.server, instance.links(), instance.clock(), instance.store().usage());
  Body& body = *site->body_;
  body.people = std::move(*people);
  auto routes = route_table(instance, body.people->desk(), [&body] {
    const http::Server* server = body.running;
    return server == nullptr ? http::ServerFigures{} : server->figures();
  });
  if (!routes) return routes.error();
  const auto page = [web = web_context(instance, body.people->desk())](const http::Request& request, int status) {
    return web::error_page(web, request, status);
  };
  body.router.emplace(std::move(*routes));
  body.router->set_fallback(page);
  body.people->guard(*body.router, page);
  http::ServerOptions options{.listen = configuration.server.listen, .workers = configuration.server.workers};
  options.trusts = trusted(configuration.server);
  options.key_of = [&body](const http::Request& request) { return body.people->key_of(request); };
  options.fair_use = &body.fair_use;
  options.observe = [&body](const http::Observation& observation) { body.meter.observe(observation); };
  const std::uint64_t seen = instance.store().last_seq();
  auto server = http::Server::start(options, *body.router);
  if (!server) return server.error();
  body.server = std::move(*server);
  body.running = body.server.get();
  body.watch = std::jthread([&store = instance.store(), &woken = *body.server, seen](std::stop_token stop) {
    for (std::uint64_t seq = seen; !stop.stop_requested();) {
      const auto now = store.wait_for_change(seq, watch_wait);
      if (now != std::exchange(seq, now)) woken.wake();
    }
  });
  return site;
}

Site::~Site() = default;

std::uint16_t Site::port() const { return body_->server->port(); }

std::function<void()> stop_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return [signals] {
    int received = 0;
    sigwait(&signals, &received);
    log::info("serve", "stopping", {{"signal", received}});
  };
}

int serve(const Configuration& configuration) {
  const auto wait = stop_signal();
  const SystemClock clock;
  auto instance = Instance::open(configuration, clock, Scheduling::due_sources);
  if (!instance) {
    std::cerr << "moisson: " << to_string(instance.error()) << '\n';
    return 1;
  }
  auto control = ControlServer::start(**instance);
  if (!control) {
    std::cerr << "moisson: " << to_string(control.error()) << '\n';
    return 1;
  }
  auto site = Site::start(**instance);
  if (!site) {
    std::cerr << "moisson: " << to_string(site.error()) << '\n';
    return 1;
  }
  const auto host = configuration.server.listen.substr(0, configuration.server.listen.rfind(':'));
  std::cout << "listening on http://" << host << ':' << (*site)->port() << std::endl;
  wait();
  site->reset();      // no new requests
  control->reset();   // no new tasks
  instance->reset();  // jobs at their next record, then the index, then the store
  return 0;
}

}  // namespace moisson::app
