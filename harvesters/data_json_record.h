// From one object of a data.json to a record: Project Open Data 1.0 and 1.1, DCAT-US 3, and the additions of ArcGIS
// Hub, Socrata and the Argentine profile. Sources: https://resources.data.gov/resources/dcat-us/ and
// https://github.com/DOI-DO/dcat-us (3.0). Pure.
#pragma once

#include "core/json.h"

#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

inline constexpr int data_json_mapping_version = 2;

// What the element is called, by the first that it has: identifier (of an object its @id, else its notation), @id,
// landing page, else "content:" and a hash of title and publisher. Empty where it has none of these.
std::string data_json_id(json::View element);

std::string data_json_title(json::View element);

// Whether the element is meant for nobody to see: the reason; empty: it is public. Restricted data are listed, as the
// publisher lists them.
std::string data_json_skip_reason(json::View element);

// `raw.pointer` tells the array ("/dataset/3", "/service/0"), and with it what an element without @type is. `mapping`
// is told of every field of what becomes a record.
Result<harvest::HarvestedRecord> map_data_json(const harvest::HarvestSource& source, harvest::RawSource&& raw,
                                               dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
