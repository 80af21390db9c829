// Where a person goes after signing in: a path of this site and nothing else, so that no link to our sign-in leads
// elsewhere (an open redirect). Pure.
#pragma once

#include <string>
#include <string_view>

namespace moisson::auth {

inline constexpr std::string_view account_path = "/account";

// `asked` if a browser can only take it for a path of the site it is on (URL Standard §4.4 reads "//" and "/\" as
// another host, and drops tabs and line ends), else account_path.
std::string return_path(std::string_view asked);

}  // namespace moisson::auth
