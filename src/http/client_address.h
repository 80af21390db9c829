// Who asks: the peer itself, or behind a reverse proxy that is trusted, the client that the proxy names. Pure.
#pragma once

#include <moisson/http/message.h>

#include <functional>
#include <string>
#include <string_view>

namespace moisson::http {

// Whether what this address forwards may be believed; empty: nobody is.
using TrustsProxy = std::function<bool(std::string_view address)>;

// X-Forwarded-For is read from its end, where the nearest proxy wrote: the first address that is no trusted proxy is
// the client. What stands before it anybody may have written. `peer` if it is not trusted, forwards nothing, or
// something that is no address.
std::string client_address(std::string_view peer, const Headers& headers, const TrustsProxy& trusts);

}  // namespace moisson::http
