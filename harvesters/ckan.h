// The harvester of CKAN portals, through package_search of the Action API v3.
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& ckan_harvester();  // lives for the program; thread-safe

}  // namespace moisson::harvesters
