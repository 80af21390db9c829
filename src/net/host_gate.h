// HostGate: politeness. At most one request at a time to a host, and its delay between two. Shared by all jobs. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace moisson::net {

class HostGate {
 public:
  HostGate();
  ~HostGate();

  // Leaves the gate when destroyed; the host's delay counts from then.
  class Pass {
   public:
    Pass(HostGate& gate, std::string host);
    Pass(Pass&& other) noexcept;
    Pass& operator=(Pass&&) = delete;
    ~Pass();

   private:
    HostGate* gate_;
    std::string host_;
  };

  // Blocks until the host is free and its delay has passed. nullopt-like: a stop request gives a pass that holds nothing.
  Pass enter(std::string_view host, std::stop_token stop);

  // From robots.txt (Crawl-delay) or from 429 answers; at most 60 s.
  void set_delay(std::string_view host, std::chrono::milliseconds delay);
  std::chrono::milliseconds delay(std::string_view host) const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace moisson::net
