// HostGate: politeness. At most one request at a time to a host, and its delay between two. Shared by all jobs. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace moisson::net {

// Blocks for a time, or until a stop is requested. Result: false if it was. Tests hand one that only notes the time.
using Waiter = std::function<bool(std::chrono::milliseconds, const std::stop_token&)>;
bool wait_for(std::chrono::milliseconds time, const std::stop_token& stop);  // the machine's

class HostGate {
 public:
  explicit HostGate(Waiter waiter = wait_for);
  ~HostGate();

  // Leaves the gate when destroyed; the host's delay counts from then.
  class Pass {
   public:
    Pass(Pass&& other) noexcept;
    Pass& operator=(Pass&&) = delete;
    ~Pass();
    explicit operator bool() const { return gate_ != nullptr; }

   private:
    friend class HostGate;
    Pass() = default;
    Pass(HostGate& gate, std::string host);
    HostGate* gate_ = nullptr;
    std::string host_;
  };

  // Blocks until the host is free and its delay has passed. A stop request gives a pass that holds nothing (false).
  // A thread holds one pass at a time.
  Pass enter(std::string_view host, const std::stop_token& stop);

  // From robots.txt (Crawl-delay) or from 429 answers; at most 60 s.
  void set_delay(std::string_view host, std::chrono::milliseconds delay);
  std::chrono::milliseconds delay(std::string_view host) const;

 private:
  void leave(const std::string& host);
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::net
