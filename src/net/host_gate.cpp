#include "net/host_gate.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace moisson::net {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds longest_delay{60'000};

struct Host {
  bool busy = false;
  std::chrono::milliseconds delay{0};
  Steady::time_point left{};  // when the last request ended
};

}  // namespace

bool wait_for(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

struct HostGate::Body {
  Waiter waiter;
  mutable std::mutex mutex;
  std::condition_variable_any freed;
  std::map<std::string, Host, std::less<>> hosts;
};

HostGate::HostGate(Waiter waiter) : body_(std::make_unique<Body>()) { body_->waiter = std::move(waiter); }
HostGate::~HostGate() = default;

HostGate::Pass::Pass(HostGate& gate, std::string host) : gate_(&gate), host_(std::move(host)) {}
HostGate::Pass::Pass(Pass&& other) noexcept
    : gate_(std::exchange(other.gate_, nullptr)), host_(std::move(other.host_)) {}
HostGate::Pass::~Pass() {
  if (gate_ != nullptr) gate_->leave(host_);
}

HostGate::Pass HostGate::enter(std::string_view name, const std::stop_token& stop) {
  std::string key(name);
  std::chrono::milliseconds rest{0};
  {
    std::unique_lock lock(body_->mutex);
    Host& host = body_->hosts[key];
    if (!body_->freed.wait(lock, stop, [&] { return !host.busy; }) || stop.stop_requested()) return {};
    host.busy = true;
    if (host.left != Steady::time_point{}) {
      rest = std::chrono::ceil<std::chrono::milliseconds>(host.left + host.delay - Steady::now());
    }
  }
  Pass pass(*this, std::move(key));
  if (rest > rest.zero() && !body_->waiter(rest, stop)) return {};
  return pass;
}

void HostGate::leave(const std::string& name) {
  {
    const std::lock_guard lock(body_->mutex);
    Host& host = body_->hosts[name];
    host.busy = false;
    host.left = Steady::now();
  }
  body_->freed.notify_all();
}

void HostGate::set_delay(std::string_view host, std::chrono::milliseconds delay) {
  const std::lock_guard lock(body_->mutex);
  body_->hosts[std::string(host)].delay = std::clamp(delay, delay.zero(), longest_delay);
}

std::chrono::milliseconds HostGate::delay(std::string_view host) const {
  const std::lock_guard lock(body_->mutex);
  const auto found = body_->hosts.find(host);
  return found == body_->hosts.end() ? std::chrono::milliseconds{0} : found->second.delay;
}

}  // namespace moisson::net
