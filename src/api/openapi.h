// The API described as OpenAPI 3.1, made from the route table, so that it cannot say what the table does not. Pure.
#pragma once

#include "api/context.h"

#include <moisson/http/message.h>

#include <span>
#include <string>
#include <vector>

namespace moisson::api {

// The document of every route that has a tag. Names in a pattern that the route does not describe are strings.
std::string openapi(std::span<const http::Route> routes, const Context& context);

// GET /openapi.json, made once for these routes and itself.
http::Route openapi_route(const std::vector<http::Route>& routes, const Context& context);

}  // namespace moisson::api
