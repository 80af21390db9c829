#include "app/serve.h"

#include "api/mcp.h"
#include "api/openapi.h"
#include "api/routes.h"
#include "app/control_server.h"
#include "core/log.h"
#include "web/routes.h"

#include <pthread.h>

#include <csignal>
#include <iostream>

namespace moisson::app {

namespace {

web::Theme theme_of(const ThemeConfiguration& theme) {
  return {theme.neutral_hue, theme.accent_hue, theme.accent_chroma, theme.radius, theme.title_font};
}

}  // namespace

struct Site::Body {
  explicit Body(std::vector<http::Route> routes) : router(std::move(routes)) {}
  http::Router router;
  std::unique_ptr<http::Server> server;
};

Site::Site() = default;

Result<std::unique_ptr<Site>> Site::start(Instance& instance) {
  const auto& configuration = instance.configuration();
  const api::Context api{instance.store(), instance.slot(), instance.links(), instance.control(), instance.clock(),
                         configuration.catalog.title, configuration.catalog.language, MOISSON_BUILD,
                         [&instance] { return instance.projection().lag(); }};
  const web::Context web{instance.store(), instance.slot(), instance.links(), instance.control(), instance.clock(),
                         configuration.catalog.title, configuration.catalog.language, MOISSON_BUILD,
                         configuration.catalog.contact, std::make_shared<const web::Style>(theme_of(configuration.theme))};
  auto pages = web::routes(web);
  if (!pages) return pages.error();
  auto routes = api::routes(api);
  routes.push_back(api::mcp_route(routes, api));
  routes.insert(routes.end(), std::make_move_iterator(pages->begin()), std::make_move_iterator(pages->end()));
  routes.push_back(api::openapi_route(routes, api));

  std::unique_ptr<Site> site(new Site);
  site->body_ = std::make_unique<Body>(std::move(routes));
  site->body_->router.set_fallback([web](const http::Request& request, int status) { return web::error_page(web, request, status); });
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
