// The harvester of kind "data-json": catalogs in Project Open Data 1.0 and 1.1, DCAT-US 3 and their dialects, as one
// JSON file of any size or in pages; and the Discovery API of Socrata.
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& data_json_harvester();

}  // namespace moisson::harvesters
