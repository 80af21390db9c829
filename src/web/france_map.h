// The small map of France: where a place, or an extent, falls in the drawing of templates/land.part (320 by 330 units).
// Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <optional>
#include <string_view>

namespace moisson::web {

struct MapPoint {
  double x = 0, y = 0;
};

struct MapBox {
  double x = 0, y = 0, width = 0, height = 0;
};

// The drawing is a plate carrée of metropolitan France. nullopt: wholly or mostly outside of it, so that the map would
// mislead.
std::optional<MapBox> on_map(const dcat::BoundingBox& box);

// The middle of a French region ("fr:region:93") or of the whole of it (any other code: none).
std::optional<MapPoint> middle_of(std::string_view territory);

}  // namespace moisson::web
