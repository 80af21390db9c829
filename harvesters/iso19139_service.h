// What ISO 19119 metadata says of a service beside what it says of every resource: type, endpoints, data sets. Pure.
#pragma once

#include "harvesters/iso19139_online.h"
#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/record.h>

#include <vector>

namespace moisson::harvesters {

// `info`: its SV_ServiceIdentification. `online`: its links, as online_resources() gives them. At most 10,000 of each
// list.
dcat::DataService service_of(Iso19139Reader& reader, const xml::Element& info, dcat::Resource&& resource,
                             std::vector<IsoOnline>&& online);

}  // namespace moisson::harvesters
