// Which fields of a record an update changes, for a person to see before it is done. Pure.
#pragma once

#include <moisson/harvest/job.h>

#include <string_view>
#include <vector>

namespace moisson::harvest {

// The top members of two canonical records (dcat/canonical_json.h) that differ, in their canonical order; each side cut
// to 2,000 bytes. A text that does not read as an object counts as one without members.
std::vector<FieldChange> field_changes(std::string_view before, std::string_view after);

}  // namespace moisson::harvest
