// The handlers behind api/operator_routes.cpp: what those who look after sources ask for. Each changes something
// through HarvestControl and answers with what it then is. An Error becomes a problem there. Thread-safe.
#pragma once

#include "api/context.h"

#include <moisson/core/result.h>
#include <moisson/http/message.h>

#include <cstdint>

namespace moisson::api {

// Sources: the body is read by source_body.h.
Result<http::Response> add_source(const Context& context, const http::Request& request);  // 201
Result<http::Response> change_source(const Context& context, const http::Request& request);
Result<http::Response> remove_source(const Context& context, const http::Request& request);  // `purge`: its records too
Result<http::Response> start_harvest(const Context& context, const http::Request& request);  // 202, the running job
Result<http::Response> kinds(const Context& context, const http::Request& request);

// Plans: what a preview of a source, registered or only described, would do; read page by page, and applied as it is.
Result<http::Response> begin_preview(const Context& context,
                                     const http::Request& request);                 // 202, the plan as it begins
Result<http::Response> plan(const Context& context, const http::Request& request);  // `download`: with its records
Result<http::Response> plan_records(const Context& context, const http::Request& request);
Result<http::Response> apply_plan(const Context& context, const http::Request& request);  // 202, the running job

// Jobs.
Result<http::Response> approve_job(const Context& context, const http::Request& request);
Result<http::Response> reject_job(const Context& context, const http::Request& request);
Result<http::Response> undo_job(const Context& context, const http::Request& request);
Result<http::Response> stop_job(const Context& context, const http::Request& request);
Result<http::Response> job_removals(const Context& context, const http::Request& request);
// One row of a report, with the record as it came and as it is mapped.
Result<http::Response> job_record(const Context& context, const http::Request& request);
Result<http::Response> job_records_csv(const Context& context, const http::Request& request);

// 202 and the job that was just started.
Result<http::Response> started_job(const Context& context, std::int64_t id);

// Single records.
Result<http::Response> refresh_record(const Context& context, const http::Request& request);  // 202, as it begins
Result<http::Response> record_refresh(const Context& context, const http::Request& request);  // as it stands
Result<http::Response> withdraw_record(const Context& context, const http::Request& request);
Result<http::Response> release_record(const Context& context, const http::Request& request);
Result<http::Response> separate_record(const Context& context, const http::Request& request);  // from record `other`
Result<http::Response> join_record(const Context& context, const http::Request& request);

}  // namespace moisson::api
