// The responsible parties of ISO 19139 metadata by their roles: publishers, creators, contacts. Pure.
#pragma once

#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/record.h>

namespace moisson::harvesters {

// GeoDCAT-AP, annex B.6, "Responsible party": publisher → dct:publisher, author → dct:creator, pointOfContact →
// dcat:contactPoint. It gives owner → dct:rightsHolder and every other role → prov:qualifiedAttribution, for which
// records have no place. Where nobody is called publisher, whoever answers for the data is, and where nobody is called
// its point of contact, the first whom one can reach. At most 1,000 of each.
void fill_parties(dcat::Resource& out, Iso19139Reader& reader, const xml::Element& metadata, const xml::Element& info);

}  // namespace moisson::harvesters
