// What is asked of every record that a mapper makes.
#pragma once

#include <moisson/harvest/harvested_record.h>

#include "dcat/canonical_json.h"
#include "fuzz.h"

#include <string_view>

namespace moisson::fuzz {

// `raw`: the bytes that the record was made of.
inline void check_stored(const harvest::HarvestedRecord& record, std::string_view raw) {
  require(!record.remote_id.empty() && record.remote_id.size() <= 2'000, "a record has an id");
  require(record.raw.bytes == raw, "the raw source is kept");
  require(record.findings.size() <= 200, "findings are capped");
  const std::string json = dcat::to_json(record.record);
  const auto stored = dcat::from_json(json);
  require(stored && dcat::to_json(*stored) == json, "a record that was harvested can be stored");
}

}  // namespace moisson::fuzz
