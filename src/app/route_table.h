// The route table of a site: every address that it answers, of API and pages. Handlers refer to the instance and the
// desk.
#pragma once

#include "app/instance.h"
#include "auth/desk.h"
#include "http/server.h"
#include "web/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <functional>
#include <vector>

namespace moisson::app {

// `figures`: the server's own, once it runs.
Result<std::vector<http::Route>> route_table(Instance& instance, auth::Desk& desk,
                                             std::function<http::ServerFigures()> figures = {});

// What its pages are made from.
web::Context web_context(Instance& instance, auth::Desk& desk);

}  // namespace moisson::app
