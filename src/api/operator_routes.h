// What those who look after sources may ask for, as lines of the route table.
#pragma once

#include "api/context.h"

#include <moisson/http/message.h>

#include <vector>

namespace moisson::api {

// Handlers keep a copy of `context`.
std::vector<http::Route> operator_routes(const Context& context);

}  // namespace moisson::api
