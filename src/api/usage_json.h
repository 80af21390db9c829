// What the routes of usage figures have in common: the span of days asked for, and counts as JSON. Pure.
#pragma once

#include "api/context.h"
#include "core/json.h"
#include "store/usage.h"

#include <moisson/core/result.h>
#include <moisson/core/time.h>
#include <moisson/http/message.h>

namespace moisson::api {

struct UsageSpan {
  Instant from{}, last{};  // the first and the last day (UTC)
  Instant end() const { return last + std::chrono::days(1); }
};

// `from` and `to`; the thirty days to today if they are absent. invalid_input naming the one that is no day, or a span
// that ends before it begins or holds more than 100 days.
Result<UsageSpan> usage_span(const Context& context, const http::Request& request);

// "requests", "searches", "without_result", "views", "downloads": members of the object under way.
void write_counts(json::Writer& out, const store::UsageCounts& counts);

}  // namespace moisson::api
