// The pages of those who look after sources, and what their forms ask for: the one changes nothing, the other does one thing
// through HarvestControl and leads to the page that shows it (303). The gate says who may call which (care_routes.cpp).
#pragma once

#include "web/page.h"
#include "web/source_step.h"

#include <moisson/http/message.h>

#include <vector>

namespace moisson::web {

// Registration and settings.
http::Response new_source_page(const Page& page);
http::Response register_source(const Page& page);
http::Response settings_page(const Page& page);    // capture: id
http::Response change_settings(const Page& page);  // capture: id

// What a preview found. Capture: id.
http::Response plan_page(const Page& page);
http::Response apply_plan(const Page& page);

// One step of a source; a comment may come with it. Capture: id.
http::Response take_step(const Page& page, SourceStep step);

// The decisions about a job. Capture: id.
using JobDecision = Result<void> (*)(harvest::HarvestControl& control, std::int64_t job);
http::Response decide_job(const Page& page, JobDecision decide);

// One record as its portal gave it and as it became, side by side, or that it is gone. Capture: id.
http::Response record_page(const Page& page);

// One row of a job's report: why, and the record as it came beside what of it stands. Captures: id, n.
http::Response report_row_page(const Page& page);

// What is done about a record alone; `other` is the record that the form names beside it, if any. Capture: id.
using RecordChange = Result<void> (*)(harvest::HarvestControl& control, const std::string& id,
                                      const std::string& other);
http::Response change_record(const Page& page, RecordChange change);

std::vector<http::Route> care_routes(const Context& context, const Renderer& renderer);

}  // namespace moisson::web
