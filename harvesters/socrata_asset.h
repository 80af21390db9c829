// From one result of Socrata's Discovery API (/api/catalog/v1) to a record. A Socrata site's own /data.json is Project
// Open Data and needs none of this. Source: https://dev.socrata.com/docs/other/discovery. Pure.
#pragma once

#include "harvesters/json_reader.h"

#include <moisson/harvest/harvested_record.h>

#include <string>

namespace moisson::harvesters {

bool is_socrata_asset(json::View element);
std::string socrata_id(json::View asset);           // domain and four-by-four: "data.ny.gov/wppx-73fm"
std::string socrata_skip_reason(json::View asset);  // what is no data: filters, charts, stories …; empty: it is taken

// Fills record, address and popularity of `made`, whose id is set.
void map_socrata_asset(harvest::HarvestedRecord& made, JsonReader& reader, json::View asset);

}  // namespace moisson::harvesters
