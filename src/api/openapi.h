// The API described as OpenAPI 3.1, made from the route table, so that it cannot say what the table does not. Pure.
#pragma once

#include "api/context.h"

#include <moisson/http/message.h>

#include <span>
#include <string>
#include <vector>

namespace moisson::api {

// Ids of things that are there now, so that the examples run; empty where there is none.
struct LiveExamples {
  std::string record, source, job;
};
LiveExamples live_examples(const store::Store& store);

// The document of every route that has a tag. Names in a pattern that the route does not describe are strings. What a
// line of the table cannot say stands in openapi.json, by operation id: shapes of answers, limits and examples. The
// errors and their examples are those of error_examples.json, which the tests of this room wrote down.
std::string openapi(std::span<const http::Route> routes, const Context& context, const LiveExamples& live);

// GET /openapi.json, for these routes and itself.
http::Route openapi_route(const std::vector<http::Route>& routes, const Context& context);

}  // namespace moisson::api
