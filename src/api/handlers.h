// The handlers behind api/routes.cpp, one function a route; an Error becomes a problem there (http/problem.h).
// Thread-safe.
#pragma once

#include "api/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

namespace moisson::api {

Result<http::Response> search_datasets(const Context& context, const http::Request& request);
Result<http::Response> dataset(const Context& context, const http::Request& request);
Result<http::Response> dataset_raw(const Context& context, const http::Request& request);

// One record as ttl, rdf, nt or json, by the capture `format`.
Result<http::Response> dataset_export(const Context& context, const http::Request& request);

// Any search as CSV (RFC 4180), in row order, whole, from one snapshot; `defuse` asks for harmless cells (csv.h).
Result<http::Response> datasets_csv(const Context& context, const http::Request& request);

Result<http::Response> suggestions(const Context& context, const http::Request& request);

// The change log after `since`; 410 where a reader must begin again.
Result<http::Response> changes(const Context& context, const http::Request& request);

// Sources that the public may know: active, paused, retired. Jobs as states and counts only (Detail::states).
Result<http::Response> sources(const Context& context, const http::Request& request);
Result<http::Response> source(const Context& context, const http::Request& request);
Result<http::Response> source_jobs(const Context& context, const http::Request& request);
Result<http::Response> job(const Context& context, const http::Request& request);
Result<http::Response> job_records(const Context& context, const http::Request& request);

Result<http::Response> health(const Context& context, const http::Request& request);
Result<http::Response> readiness(const Context& context, const http::Request& request);
Result<http::Response> metrics(const Context& context, const http::Request& request);

}  // namespace moisson::api
