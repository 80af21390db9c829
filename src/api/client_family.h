// Which family a client belongs to, from how it names itself and what it asks. Pure.
#pragma once

#include "store/usage.h"

#include <string_view>

namespace moisson::api {

// The first row of the table whose word stands in the User-Agent decides; whoever asks /mcp is an assistant, whatever
// its name; who gives no name, or one that no row knows, is a script.
store::ClientFamily client_family(std::string_view user_agent, std::string_view path);

}  // namespace moisson::api
