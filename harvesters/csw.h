// The harvester of kind "csw": ISO 19139 metadata and DCAT from catalogue services (OGC 07-006r1, CSW 2.0.2), page by page.
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& csw_harvester();

}  // namespace moisson::harvesters
