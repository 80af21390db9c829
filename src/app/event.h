// Events as JSON: what a task answers with beside the API's own forms, and how a command reads errors again. Pure; thread-safe.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>

#include <string>

namespace moisson::app {

// What api::write made of an error.
Error read_error(json::View view);

// {"event":"warning","error":{…}}
std::string warning_event(const Error& error);

}  // namespace moisson::app
