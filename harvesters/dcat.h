// The harvester of kind "dcat": DCAT catalogs in Turtle, N-Triples, RDF/XML or JSON-LD, on one page or many
// (Hydra).
#pragma once

#include <moisson/harvest/harvester.h>

namespace moisson::harvesters {

const harvest::Harvester& dcat_harvester();

}  // namespace moisson::harvesters
