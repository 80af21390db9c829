// The resources of a CKAN package → distributions. Pure. The mapping is ckanext-dcat's, read in the other direction.
#pragma once

#include "harvesters/json_reader.h"

#include <moisson/dcat/record.h>

#include <string>
#include <vector>

namespace moisson::harvesters {

// Of the package of `reader`, in its order; at most 10,000. A resource that is none is a finding of the reader, one that was
// deleted is left out. `dataset_iri`: below which those without an IRI of their own get one.
std::vector<dcat::Distribution> ckan_distributions(JsonReader& reader, const std::string& dataset_iri);

}  // namespace moisson::harvesters
