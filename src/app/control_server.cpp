#include "app/control_server.h"

#include "api/job_json.h"
#include "app/event.h"
#include "core/log.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/stat.h>

#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace moisson::app {

namespace {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

constexpr std::size_t longest_socket_name = 107;  // sockaddr_un, unix(7)
constexpr std::size_t longest_task = 1 << 20;

std::filesystem::path socket_path(const std::filesystem::path& data_dir) { return data_dir / "control.sock"; }

std::string end_event(const Result<void>& result) {
  json::Writer out;
  out.begin_object().field("event", "end");
  if (!result) {
    out.key("error");
    api::write(out, result.error(), api::Detail::everything);
  }
  out.end_object();
  return out.take();
}

// Reads one line of at most `longest_task` bytes.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  for (char c; in.get(c);) {
    if (c == '\n') return true;
    if (line.size() == longest_task) return false;
    line.push_back(c);
  }
  return false;
}

}  // namespace

struct ControlServer::Body {
  explicit Body(Instance& owner) : instance(owner), acceptor(context) {}

  struct Client {
    void hang_up() {
      boost::system::error_code hung_up;
      stream.socket().shutdown(Local::socket::shutdown_both, hung_up);
    }

    Local::iostream stream;
    std::jthread thread;
    std::atomic<bool> done = false;
  };

  void accept() {
    auto client = std::make_shared<Client>();
    acceptor.async_accept(client->stream.socket(), [this, client](const boost::system::error_code& failed) {
      if (failed) return;
      {
        std::lock_guard lock(mutex);
        clients.remove_if([](const auto& old) { return old->done.load(); });
        clients.push_back(client);
      }
      client->thread = std::jthread([this, raw = client.get()] { serve(*raw); });
      accept();
    });
  }

  void serve(Client& client) {
    std::string line;
    if (read_line(client.stream, line)) {
      const Emit emit = [&](std::string_view event) {
        client.stream << event << '\n' << std::flush;
        return static_cast<bool>(client.stream);
      };
      Result<void> result;
      if (auto task = json::Document::parse(line); task)
        result = run_task(instance, task->root(), emit);
      else
        result = task.error();
      emit(end_event(result));
    }
    // Closed once this thread is joined: ~ControlServer may hang up at any time, and must not by a number that is
    // another file's by then.
    client.hang_up();
    client.done = true;
  }

  Instance& instance;
  asio::io_context context;
  Local::acceptor acceptor;
  std::mutex mutex;
  std::list<std::shared_ptr<Client>> clients;
  std::jthread thread;
};

ControlServer::ControlServer() = default;

Result<std::unique_ptr<ControlServer>> ControlServer::start(Instance& instance) {
  const auto path = socket_path(instance.configuration().catalog.data_dir);
  if (path.string().size() > longest_socket_name)
    return Error{ErrorCode::io, "the path of the control socket is longer than 107 bytes", path.string(),
                 "use a shorter data_dir"};
  std::error_code ignored;
  // Left by a process that was killed: we hold the lock, so nobody listens there.
  std::filesystem::remove(path, ignored);
  std::unique_ptr<ControlServer> server(new ControlServer);
  server->body_ = std::make_unique<Body>(instance);
  auto& acceptor = server->body_->acceptor;
  boost::system::error_code failed;
  acceptor.open(Local(), failed);
  const auto mask = ::umask(0177);
  if (!failed) acceptor.bind(Local::endpoint(path.string()), failed);
  ::umask(mask);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed)
    return Error{ErrorCode::io, "the control socket cannot be opened: " + failed.message(), path.string(), ""};
  server->body_->accept();
  server->body_->thread = std::jthread([body = server->body_.get()] { body->context.run(); });
  return server;
}

ControlServer::~ControlServer() {
  if (!body_) return;
  body_->context.stop();
  body_->thread.join();
  std::error_code ignored;
  std::filesystem::remove(socket_path(body_->instance.configuration().catalog.data_dir), ignored);
  std::lock_guard lock(body_->mutex);
  for (auto& client : body_->clients) client->hang_up();
  body_->clients.clear();
}

Result<void> hand_over(const std::filesystem::path& data_dir, std::string_view task, const Emit& emit) {
  const auto path = socket_path(data_dir);
  Local::iostream stream;
  stream.connect(Local::endpoint(path.string()));
  if (!stream)
    return Error{ErrorCode::unreachable, "the process that owns the data directory does not answer", path.string(),
                 "is it starting or stopping? try again, or stop it"};
  stream << task << '\n' << std::flush;
  for (std::string line; std::getline(stream, line);) {
    const auto event = json::Document::parse(line);
    if (!event) return event.error();
    if (event->root()["event"].string() == "end") {
      const auto error = event->root()["error"];
      if (!error.exists()) return {};
      return read_error(error);
    }
    if (!emit(line)) return Error{ErrorCode::cancelled, "stopped", "", ""};
  }
  return Error{ErrorCode::unreachable, "the process that owns the data directory went away", path.string(),
               "look at its log, then ask again"};
}

}  // namespace moisson::app
