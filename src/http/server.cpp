#include "http/server.h"

#include "core/log.h"
#include "core/text.h"
#include "http/hub.h"
#include "http/session.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace moisson::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

// After a failed accept (no file descriptors left, mostly): trying again at once would burn the processor.
constexpr std::chrono::milliseconds accept_pause{100};

Result<tcp::endpoint> endpoint_of(asio::io_context& io, std::string_view listen) {
  const auto wrong = [&](std::string_view what) {
    return Error{ErrorCode::invalid_input, "cannot listen: " + std::string(what), std::string(listen),
                 "host:port, as 127.0.0.1:8080"};
  };
  const auto colon = listen.rfind(':');
  if (colon == std::string_view::npos) return wrong("no port");
  std::string host(listen.substr(0, colon));
  const std::string port(listen.substr(colon + 1));
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
      std::stoi(port) > 65535)
    return wrong("the port is not a number from 0 to 65535");
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);

  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (!error) return tcp::endpoint(address, static_cast<std::uint16_t>(std::stoi(port)));
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(host, port, tcp::resolver::passive, error);
  if (error || found.empty()) return wrong("no such host");
  return found.begin()->endpoint();
}

}  // namespace

struct Server::Body {
  Body(const ServerOptions& options, const Router& router)
      : hub(options, router,
            options.workers != 0 ? options.workers : std::max(1u, std::thread::hardware_concurrency())),
        acceptor(hub.io),
        pause(hub.io),
        drain(hub.io),
        work(asio::make_work_guard(hub.io)) {
    hub.session_gone = [this] { on_session_gone(); };
  }

  Result<void> listen();
  void accept();
  bool close_an_idle_one(const Session* spared);
  void on_session_gone();
  void wake_waiting();
  void begin_stop();

  Hub hub;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  asio::steady_timer drain;
  asio::executor_work_guard<asio::io_context::executor_type> work;
  std::uint16_t port = 0;
  std::thread thread;
  std::once_flag stopped;
};

Result<void> Server::Body::listen() {
  const std::string& where = hub.options.listen;
  const auto endpoint = endpoint_of(hub.io, where);
  if (!endpoint) return endpoint.error();
  boost::system::error_code error;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return Error{ErrorCode::io, "cannot listen: " + error.message(), where,
                 "choose another [server] listen, or end the program that has it"};
  port = acceptor.local_endpoint().port();
  return {};
}

// Beyond the limit an idle connection gives way to the newcomer; where all are busy, the next ones wait in the
// system's queue until one ends.
void Server::Body::accept() {
  if (hub.stopping) return;
  acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
    if (hub.stopping) return;
    if (error) {
      log::warning("http", "a connection could not be accepted", {{"cause", error.message()}});
      pause.expires_after(accept_pause);
      pause.async_wait([this](boost::system::error_code) { accept(); });
      return;
    }
    ++hub.connections;
    const auto newcomer = std::make_shared<Session>(hub, std::move(socket));
    newcomer->start();
    hub.crowded = hub.sessions.size() > hub.options.max_connections && !close_an_idle_one(newcomer.get());
    if (!hub.crowded) accept();
  });
}

bool Server::Body::close_an_idle_one(const Session* spared) {
  for (Session* session : hub.sessions) {
    if (session == spared || !session->is_idle()) continue;
    session->drain();
    return true;
  }
  return false;
}

void Server::Body::on_session_gone() {
  if (hub.stopping) {
    if (hub.sessions.empty()) drain.cancel();
  } else if (hub.crowded) {
    hub.crowded = false;
    asio::post(hub.io, [this] { accept(); });
  }
}

void Server::Body::wake_waiting() {
  const std::vector<Session*> waiting(hub.waiting.begin(), hub.waiting.end());
  for (Session* session : waiting) session->ask_again();
}

void Server::Body::begin_stop() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  const std::vector<Session*> open(hub.sessions.begin(), hub.sessions.end());
  for (Session* session : open) session->drain();
  work.reset();
  drain.expires_after(hub.options.drain);
  drain.async_wait([this](boost::system::error_code error) {
    if (error) return;
    log::warning("http", "requests were cut at the stop", {{"count", hub.sessions.size()}});
    const std::vector<Session*> rest(hub.sessions.begin(), hub.sessions.end());
    for (Session* session : rest) session->abort();
  });
  if (hub.sessions.empty()) drain.cancel();
}

Server::Server() = default;
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const Router& router) {
  std::unique_ptr<Server> server(new Server());
  try {
    server->body_ = std::make_unique<Body>(options, router);
    Body& body = *server->body_;
    if (auto listening = body.listen(); !listening) return listening.error();
    body.accept();
    body.thread = std::thread([&body] { body.hub.io.run(); });
  } catch (const std::exception& error) {  // no file descriptor or thread left
    return Error{ErrorCode::io, "the server could not start: " + std::string(error.what()), options.listen, ""};
  }
  return server;
}

std::uint16_t Server::port() const { return body_->port; }

ServerFigures Server::figures() const {
  const Hub& hub = body_->hub;
  return {hub.requests, hub.connections, hub.open, hub.errors_4xx, hub.errors_5xx, hub.bytes_out};
}

void Server::wake() {
  Body& body = *body_;
  ++body.hub.wakes;
  asio::post(body.hub.io, [&body] { body.wake_waiting(); });
}

void Server::stop() {
  if (!body_) return;
  std::call_once(body_->stopped, [this] {
    Body& body = *body_;
    if (!body.thread.joinable()) return;
    body.hub.stopping = true;
    asio::post(body.hub.io, [&body] { body.begin_stop(); });
    body.thread.join();
    // Past the drain a handler may still be at work; what it answers is dropped here, with all that it refers to.
    body.hub.workers.stop();
    body.hub.workers.join();
    body.hub.io.restart();
    body.hub.io.poll();
    body.hub.session_gone = nullptr;  // sessions whose tasks never ran end with the queues
  });
}

}  // namespace moisson::http
