// What becomes of each property of ISO 19139 metadata, told to a mapping report by the way of its elements, the classes
// left out: "identificationInfo/citation/title". Pure but for the report.
#pragma once

#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/mapping_report.h>

namespace moisson::harvesters {

// `consumed`: the properties of which something stands in the record; what stands below them was read, all else
// dropped.
void tally(const xml::Element& metadata, const Iso19139Reader::Elements& consumed, dcat::MappingReport& mapping);

}  // namespace moisson::harvesters
