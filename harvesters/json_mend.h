// A record of JSON whose bytes are no JSON text, read where they have one clear meaning: bytes of windows-1252, raw
// control characters in texts, halves of surrogate pairs. Pure.
#pragma once

#include "core/json.h"

#include <moisson/dcat/finding.h>

#include <string_view>
#include <vector>

namespace moisson::harvesters {

// What was mended is a finding each. Errors: json::Document's, of the bytes as they came where nothing mends them.
Result<json::Document> parse_mended(std::string_view bytes, std::vector<dcat::Finding>& findings);

}  // namespace moisson::harvesters
