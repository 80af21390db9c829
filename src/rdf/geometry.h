// Bounding boxes of the geometries that catalogs write: WKT (with or without a CRS in front), GeoJSON. Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <optional>
#include <string>
#include <string_view>

namespace moisson::rdf {

bool looks_like_geometry(std::string_view text);

// The box around all coordinates. Nothing: not WKT or GeoJSON, not degrees of WGS 84 (other CRS than 4326, 4258 or
// CRS84, values out of range), or more than 1 MiB. CRS EPSG:4326 in front of WKT means latitude first (GeoSPARQL 1.1
// §8.5.1).
std::optional<dcat::BoundingBox> bounds(std::string_view geometry);

// POLYGON, longitude first, as dcat:bbox wants it (GeoDCAT-AP).
std::string to_wkt(const dcat::BoundingBox& box);

}  // namespace moisson::rdf
