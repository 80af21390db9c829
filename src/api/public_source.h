// Sources that the public may know: active, paused and retired ones.
#pragma once

#include "api/context.h"

#include <moisson/core/result.h>

#include <string_view>

namespace moisson::api {

bool is_public(const store::SourceStatus& status);

// not_found: there is none, or it is not public.
Result<store::SourceStatus> public_source(const Context& context, std::string_view id);

}  // namespace moisson::api
