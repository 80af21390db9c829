// A dry run as JSON: {"outcome","complete","announced","counts","error","remarks","records":[…],"sample":[…]}. Pure.
#pragma once

#include "core/json.h"

#include <moisson/harvest/job.h>

namespace moisson::api {

// `sample` holds canonical records (dcat/canonical_json.h). Whole: for those who may preview.
void write(json::Writer& out, const harvest::Preview& preview);

}  // namespace moisson::api
