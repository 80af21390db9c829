// Bounding boxes of the geometries that catalogs write: WKT (with or without a CRS in front), GeoJSON, GML. Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <optional>
#include <string>
#include <string_view>

namespace moisson::rdf {

enum class GeometryNotation { wkt, geojson, gml };  // the first is what most can read

// Nothing: the text does not look like a geometry.
std::optional<GeometryNotation> geometry_notation(std::string_view text);

// The box around all coordinates. Nothing: none of the three, not degrees of WGS 84 (other CRS than 4326, 4258 or
// CRS84, values out of range), or more than 1 MiB. CRS EPSG:4326 in front of WKT means latitude first (GeoSPARQL 1.1
// §8.5.1). Why GML has none, gml.h tells.
std::optional<dcat::BoundingBox> bounds(std::string_view geometry);

// POLYGON, longitude first, as dcat:bbox wants it (GeoDCAT-AP).
std::string to_wkt(const dcat::BoundingBox& box);

}  // namespace moisson::rdf
