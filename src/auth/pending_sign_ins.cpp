#include "auth/pending_sign_ins.h"

#include "auth/secret.h"

#include <algorithm>
#include <utility>

namespace moisson::auth {

PendingSignIn PendingSignIns::begin(std::string_view browser, std::string next, Instant now) {
  PendingSignIn pending{{random_secret(), random_secret(), random_secret()}, std::move(next)};
  const std::lock_guard lock(mutex_);
  forget_old(now);
  entries_.emplace(pending.challenge.state, Entry{pending, std::string(browser), now});
  return pending;
}

std::optional<PendingSignIn> PendingSignIns::take(std::string_view state, std::string_view browser, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(state);
  if (found == entries_.end()) return std::nullopt;
  const Entry entry = std::move(found->second);
  entries_.erase(found);  // whoever shows it, it is used
  if (now - entry.begun > lifetime || !equal_secrets(entry.browser, browser)) return std::nullopt;
  return entry.pending;
}

void PendingSignIns::forget_old(Instant now) {
  std::erase_if(entries_, [&](const auto& row) { return now - row.second.begun > lifetime; });
  if (entries_.size() < most) return;
  entries_.erase(std::min_element(entries_.begin(), entries_.end(),
                                  [](const auto& a, const auto& b) { return a.second.begun < b.second.begun; }));
}

}  // namespace moisson::auth
