// What became of each property that the records of a source state: dropped, guessed, and, being many, last and folded away
// those that were read. Pure.
#pragma once

#include "web/model.h"
#include "web/words.h"

#include <moisson/dcat/mapping_report.h>

#include <vector>

namespace moisson::web {

// Fills USE (mapping_uses.part): nothing for a use that no property had.
void mapping_uses(const Words& words, const std::vector<dcat::PropertyTally>& tallies, Model& section);

}  // namespace moisson::web
