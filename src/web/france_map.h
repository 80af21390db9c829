// The small map of France: where a place, or an extent, falls in the drawing of templates/land.part (320 by 330 units),
// which land.mjs draws. Overseas departments have frames of their own. Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <optional>
#include <string>
#include <string_view>

namespace moisson::web {

struct MapPoint {
  double x = 0, y = 0;
};

struct MapBox {
  double x = 0, y = 0, width = 0, height = 0;
};

// The drawing is a plate carrée. nullopt: wholly or mostly outside of every part of it, so that the map would mislead.
std::optional<MapBox> on_map(const dcat::BoundingBox& box);

// The chief town of a French region ("fr:region:93"); of anything else: none.
std::optional<MapPoint> middle_of(std::string_view territory);

// The parts of the drawing, for the script that lets a reader draw a box: "x y width height west north
// units-a-degree-of- longitude units-a-degree-of-latitude", one after another with ';', frames first.
std::string map_parts();

}  // namespace moisson::web
