// The Model Context Protocol (revision 2025-06-18, streamable HTTP transport), so that assistants can use the catalog:
// POST /mcp. Each tool is a reading route of the JSON API under a name of its own: what it takes are the route's
// parameters, what it answers is the route's answer. No sessions, no streams: each request is answered on its own, and
// GET gets a 405 as the transport foresees. Requests are held to the server's body limit and to json::max_depth.
#pragma once

#include "api/context.h"

#include <moisson/http/message.h>

#include <vector>

namespace moisson::api {

// The route over the tools that `routes` holds; it keeps copies of their handlers. Thread-safe.
http::Route mcp_route(const std::vector<http::Route>& routes, const Context& context);

}  // namespace moisson::api
