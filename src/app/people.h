// People: sign-in, tokens, the gate and the messages of a site, wired as the configuration wants them. Thread-safe once
// made.
#pragma once

#include "app/instance.h"
#include "auth/desk.h"
#include "auth/gate.h"
#include "http/router.h"
#include "net/host_gate.h"
#include "notify/courier.h"

#include <moisson/core/result.h>

#include <functional>
#include <memory>
#include <string>

namespace moisson::app {

class People {
 public:
  // The instance outlives it. Messages go from now on. io: a secret's file cannot be read.
  static Result<std::unique_ptr<People>> open(Instance& instance);

  auth::Desk& desk() { return *desk_; }
  // The id of the token that the request shows, if it holds (http::KeyOf); a wrong one counts among the address's
  // attempts, so that nobody tries many.
  std::string key_of(const http::Request& request);
  // The gate and its witness of this router; `page` is the site's own for a person who may not.
  void guard(http::Router& router, std::function<http::Response(const http::Request&, int status)> page);

 private:
  explicit People(Instance& instance);
  Result<void> start_courier();

  Instance& instance_;
  const bool secure_;
  net::HostGate hosts_;  // the provider's own: a sign-in waits for no harvest
  auth::Attempts attempts_;
  auth::TokenCheck tokens_;
  std::unique_ptr<auth::Desk> desk_;
  std::unique_ptr<auth::Gate> gate_;
  std::unique_ptr<notify::Courier> courier_;
};

}  // namespace moisson::app
