// What becomes of each property of ISO 19139 metadata, told to a mapping report by the way of its elements, the classes
// left out: "identificationInfo/citation/title". Pure but for the report.
#pragma once

#include "core/xml_tree.h"

#include <moisson/dcat/mapping_report.h>

namespace moisson::harvesters {

void tally(const xml::Element& metadata, dcat::MappingReport& mapping);

}  // namespace moisson::harvesters
