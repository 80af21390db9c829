#include "portal/portal.h"

#include <moisson/core/result.h>

#include <utility>

namespace moisson::test {
namespace {

// The first half of a body, then the error that cuts the connection.
class Cut final : public http::BodyStream {
 public:
  explicit Cut(std::string half) : half_(std::move(half)) {}
  Result<bool> next(std::string& piece) override {
    if (half_.empty()) return Error{ErrorCode::io, "cut by the test", "", ""};
    piece = std::exchange(half_, {});
    return true;
  }

 private:
  std::string half_;
};

}  // namespace

http::Response answer(int status, std::string body, std::string_view type) {
  http::Response response;
  response.status = status;
  response.headers.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

http::Response html_login() {
  return answer(200, "<!DOCTYPE html><html><body><form action=/login>Sign in</form></body></html>", "text/html");
}

http::Response truncated(http::Response response) {
  std::string body = std::get<std::string>(std::move(response.body));
  body.resize(body.size() / 2);
  response.body = std::make_unique<Cut>(std::move(body));
  return response;
}

Portal::Portal(Handler handler)
    : handler_(std::move(handler)), router_([this] {
        std::vector<http::Route> routes;
        std::string_view patterns[] = {"/",
                                       "/{a}",
                                       "/{a}/{b}",
                                       "/{a}/{b}/{c}",
                                       "/{a}/{b}/{c}/{d}",
                                       "/{a}/{b}/{c}/{d}/{e}",
                                       "/{a}/{b}/{c}/{d}/{e}/{f}",
                                       "/{a}/{b}/{c}/{d}/{e}/{f}/{g}"};
        for (const auto method : {"GET", "POST"}) {
          for (const auto pattern : patterns) {
            http::Route route{method, pattern, [this](const http::Request& request) { return handle(request); }, "",
                              ""};
            route.access = http::Role::everyone;
            routes.push_back(std::move(route));
          }
        }
        return routes;
      }()) {
  http::ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.workers = 1;
  server_ = http::Server::start(options, router_).value();
}

std::string Portal::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(server_->port()) + std::string(path);
}

void Portal::put(std::string path, std::string body, std::string type) {
  const std::lock_guard lock(mutex_);
  documents_[std::move(path)] = {std::move(body), std::move(type)};
}

void Portal::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  documents_.erase(path);
}

void Portal::script(Script script) {
  const std::lock_guard lock(mutex_);
  script_ = std::move(script);
}

void Portal::go_away() {
  const std::lock_guard lock(mutex_);
  away_ = true;
}

void Portal::come_back() {
  const std::lock_guard lock(mutex_);
  away_ = false;
}

std::vector<std::string> Portal::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

void Portal::forget() {
  const std::lock_guard lock(mutex_);
  asked_.clear();
}

http::Response Portal::handle(const http::Request& request) {
  std::unique_lock lock(mutex_);
  if (request.path != "/robots.txt") asked_.push_back(request.target);
  if (away_) return truncated(answer(200));
  const Script script = script_;
  lock.unlock();
  if (script.before) {
    if (auto instead = script.before(request)) return std::move(*instead);
  }
  lock.lock();
  http::Response response;
  if (const auto found = documents_.find(request.path); found != documents_.end()) {
    response = answer(200, found->second.body, found->second.type);
  } else {
    lock.unlock();
    response = handler_ && request.path != "/robots.txt" ? handler_(request) : answer(404, "nothing here");
  }
  return script.after ? script.after(request, std::move(response)) : std::move(response);
}

}  // namespace moisson::test
