// The route table of a site: every address that it answers, of API and pages. Handlers refer to the instance and the
// desk.
#pragma once

#include "app/instance.h"
#include "auth/desk.h"
#include "web/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <vector>

namespace moisson::app {

Result<std::vector<http::Route>> route_table(Instance& instance, auth::Desk& desk);

// What its pages are made from.
web::Context web_context(Instance& instance, auth::Desk& desk);

}  // namespace moisson::app
