// The pages that people see, as lines of the route table. Every page is whole without script.
#pragma once

#include "web/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <vector>

namespace moisson::web {

// Handlers keep a copy of `context`. The templates and strings inside the program are read here, at start-up.
// invalid_input: a bad one; `where` names it.
Result<std::vector<http::Route>> routes(const Context& context);

// The router's fallback: a page for people (Accept prefers text/html), a problem document for programs.
http::Response error_page(const Context& context, const http::Request& request, int status);

}  // namespace moisson::web
