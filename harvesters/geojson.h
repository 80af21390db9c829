// Where a GeoJSON (RFC 7946) value lies. Pure.
#pragma once

#include "core/json.h"

#include <moisson/dcat/record.h>

#include <optional>

namespace moisson::harvesters {

// The box around all positions of a geometry, feature or collection; nothing where there is none or one is no WGS 84
// position. At most 200,000 positions are read.
std::optional<dcat::BoundingBox> bounding_box(json::View geojson);

}  // namespace moisson::harvesters
