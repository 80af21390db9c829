// What a person sends to register or change a source, as JSON: the members that source_json.h writes, with `options`,
// `secrets` (write-only) and `comment`. Pure.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/harvest/source_edit.h>

namespace moisson::api {

// invalid_input naming the member in `where`: one that is not known, or has the wrong type. What the values mean is the
// harvest's to judge (src/harvest/source_edit.h). An option may be a text, a number, a boolean, or a list of texts.
Result<harvest::SourceEdit> read_source_edit(json::View body);

}  // namespace moisson::api
