#include <moisson/http/identity.h>

#include <algorithm>
#include <array>

namespace moisson::http {
namespace {

constexpr std::array<std::string_view, 4> words{"everyone", "reader", "operator", "administrator"};

}  // namespace

std::string_view to_string(Role role) { return words[static_cast<std::size_t>(role)]; }

std::optional<Role> role(std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Role>(found - words.begin());
}

bool Identity::may(Role least, std::string_view source) const {
  if (role < least) return false;
  if (least == Role::everyone || role == Role::administrator || source.empty()) return true;
  return std::any_of(sources.begin(), sources.end(),
                     [&](const std::string& each) { return each == source || each == every_source; });
}

}  // namespace moisson::http
