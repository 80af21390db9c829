#include "auth/attempts.h"

#include <algorithm>

namespace moisson::auth {
namespace {

// "2001:db8:1:2:3:4:5:6" → "2001:db8:1:2". An address whose zeros are left out before that is taken whole: it stands
// for one network all the same.
std::string party_of(std::string_view address) {
  std::size_t end = 0;
  for (int groups = 0; groups < 4; ++groups) {
    const auto colon = address.find(':', end);
    if (colon == std::string_view::npos || colon == end) return std::string(address);
    end = colon + 1;
  }
  return std::string(address.substr(0, end - 1));
}

}  // namespace

bool Attempts::has(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = full_at_.find(party_of(address));
  return found == full_at_.end() || found->second + refill <= now + burst * refill;
}

bool Attempts::take(std::string_view address, Instant now) {
  const std::lock_guard lock(mutex_);
  if (full_at_.size() >= most_addresses) std::erase_if(full_at_, [&](const auto& row) { return row.second <= now; });
  if (full_at_.size() >= most_addresses) return false;  // a flood from everywhere: nobody signs in until it ebbs
  Instant& full_at = full_at_[party_of(address)];
  const Instant after = std::max(full_at, now) + refill;
  if (after > now + burst * refill) return false;
  full_at = after;
  return true;
}

}  // namespace moisson::auth
