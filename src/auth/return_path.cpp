#include "auth/return_path.h"

#include <algorithm>

namespace moisson::auth {
namespace {

constexpr std::size_t most_bytes = 2'000;

}  // namespace

std::string return_path(std::string_view asked) {
  const bool ours =
      asked.starts_with('/') && !asked.starts_with("//") && asked.size() <= most_bytes &&
      std::all_of(asked.begin(), asked.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
  // Signing in again, or out, is no place to return to.
  return ours && !asked.starts_with("/sign") ? std::string(asked) : std::string(account_path);
}

}  // namespace moisson::auth
