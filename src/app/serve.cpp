#include "app/serve.h"

#include "app/control_server.h"
#include "app/people.h"
#include "app/route_table.h"
#include "core/log.h"
#include "web/routes.h"

#include <pthread.h>

#include <csignal>
#include <iostream>

namespace moisson::app {

struct Site::Body {
  Body(std::unique_ptr<People> who, std::vector<http::Route> routes)
      : people(std::move(who)), router(std::move(routes)) {}
  std::unique_ptr<People> people;
  http::Router router;
  std::unique_ptr<http::Server> server;
};

Site::Site() = default;

Result<std::unique_ptr<Site>> Site::start(Instance& instance) {
  const auto& configuration = instance.configuration();
  auto people = People::open(instance);
  if (!people) return people.error();
  auto routes = route_table(instance, (*people)->desk());
  if (!routes) return routes.error();
  const auto page = [web = web_context(instance, (*people)->desk())](const http::Request& request, int status) {
    return web::error_page(web, request, status);
  };

  std::unique_ptr<Site> site(new Site);
  site->body_ = std::make_unique<Body>(std::move(*people), std::move(*routes));
  site->body_->router.set_fallback(page);
  site->body_->people->guard(site->body_->router, page);
  auto server = http::Server::start({.listen = configuration.server.listen, .workers = configuration.server.workers}, site->body_->router);
  if (!server) return server.error();
  site->body_->server = std::move(*server);
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
  site->reset();     // no new requests
  control->reset();  // no new tasks
  instance->reset(); // jobs at their next record, then the index, then the store
  return 0;
}

}  // namespace moisson::app
