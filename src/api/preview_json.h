// Plans and what previews found, as JSON, for the API and for the command line's --json. Pure. For those who may preview.
#pragma once

#include "core/json.h"

#include <moisson/harvest/plan.h>

namespace moisson::api {

// {"id","source","state","created","expires","outcome","complete","announced","counts","error","remarks","mapping",
// "sample"}: state is reading or ready, `sample` holds canonical records (dcat/canonical_json.h). "records" only where the
// plan has them (harvest/plan.h).
void write(json::Writer& out, const harvest::Plan& plan);

// As a row of a report (job_json.h), with "changes":[{"field","before","after"}], canonical JSON as text.
void write(json::Writer& out, const harvest::PlannedRecord& planned);

}  // namespace moisson::api
