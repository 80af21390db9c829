// The parameters that links::parse_query reads, described for the API's documentation; the filters come from the field
// table. Constant data; thread-safe.
#pragma once

#include <moisson/http/message.h>

#include <vector>

namespace moisson::api {

const std::vector<http::RouteParameter>& search_parameters();

}  // namespace moisson::api
