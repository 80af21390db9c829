// The standards that ISO 19139 metadata names, as IRIs: what a data set conforms to, its reference systems, and the
// protocols of a service. Pure.
#pragma once

#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/record.h>

#include <string>
#include <string_view>

namespace moisson::harvesters {

inline constexpr std::string_view inspire_code_lists = "http://inspire.ec.europa.eu/metadata-codelist/";

// GeoDCAT-AP, annex B.6, "Conformity": what it is stated to conform to → dct:conformsTo; what it does not, or was not
// evaluated against, and specifications without IRI, have no place in records. "Coordinate reference system" →
// dct:conformsTo. At most 1,000.
void fill_standards(dcat::Resource& out, Iso19139Reader& reader, const xml::Element& metadata);

// "EPSG:2154", "urn:ogc:def:crs:EPSG::2154", "2154" in the code space "EPSG" and their like as the IRI that OGC gives
// the system (OGC 09-048r5 §7); empty: it names none of a register.
std::string reference_system(std::string_view text, std::string_view code_space);

// "OGC:WMS-1.3.0-http-get-map", "http://www.opengis.net/def/serviceType/ogc/wms" →
// http://www.opengeospatial.org/standards/wms, as GeoDCAT-AP's reference implementation does; empty: another protocol.
std::string protocol_standard(std::string_view protocol);

}  // namespace moisson::harvesters
