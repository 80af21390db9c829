// PendingSignIns: who was sent to the provider and has not come back. In memory: a restart asks people to begin again.
// Each is for one browser, ten minutes and one use. Thread-safe.
#pragma once

#include "auth/provider.h"

#include <moisson/core/time.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::auth {

struct PendingSignIn {
  Challenge challenge;
  std::string next;  // where to go afterwards: a path of ours
};

class PendingSignIns {
 public:
  static constexpr std::chrono::minutes lifetime{10};
  static constexpr std::size_t most = 10'000;  // beyond it the oldest are forgotten

  // `browser` is what its cookie holds: a state that was given to one browser is worth nothing in another.
  PendingSignIn begin(std::string_view browser, std::string next, Instant now);

  // The sign-in that this state answers, once. Nothing if it is unknown, used, too old or of another browser.
  std::optional<PendingSignIn> take(std::string_view state, std::string_view browser, Instant now);

 private:
  struct Entry {
    PendingSignIn pending;
    std::string browser;
    Instant begun{};
  };
  void forget_old(Instant now);

  std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;  // by state
};

}  // namespace moisson::auth
