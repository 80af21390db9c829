// The harvester of kind "moisson": a mirror of another catalog of this program, by its change feed (/api/v1/changes). Ids
// are kept, removals are told by tombstones, and a run reads what changed since the last one.
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& moisson_harvester();

}  // namespace moisson::harvesters
