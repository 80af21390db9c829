#include "web/france_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

constexpr double smallest = 3;  // units: a commune must still be seen

// A part of the drawing: where it is drawn, and what it shows there. The same figures stand in land.mjs.
struct Part {
  double x, y, width, height;  // units
  double west, north;          // degrees at its upper left
  double per_longitude, per_latitude;

  double x_of(double longitude) const { return x + (longitude - west) * per_longitude; }
  double y_of(double latitude) const { return y + (north - latitude) * per_latitude; }
};

// A frame of 32 by 32 units; one degree of longitude is `narrowing` times one of latitude, as at its middle.
constexpr Part frame(double x, double y, double west, double north, double per_latitude, double narrowing) {
  return {x, y, 32, 32, west, north, per_latitude * narrowing, per_latitude};
}

constexpr std::array<Part, 6> parts{{
    frame(4, 172, -61.86, 16.56, 37.021, .96042),   // Guadeloupe
    frame(40, 172, -61.26, 14.92, 57.143, .96753),  // Martinique
    frame(4, 214, -54.70, 5.85, 8.4211, .99762),    // Guyane
    frame(40, 214, 55.15, -20.82, 45.744, .93273),  // La Réunion
    frame(4, 256, 44.97, -12.58, 66.667, .97507),   // Mayotte
    {0, 0, 320, 330, -5.30, 51.384, 21.18, 31.97},  // the metropole
}};

struct Region {
  std::string_view code;
  double longitude, latitude;
};

// Chief towns of the regions; codes of the INSEE's Code officiel géographique.
constexpr std::array<Region, 18> regions{{
    {"fr:region:01", -61.73, 16.00},
    {"fr:region:02", -61.07, 14.60},
    {"fr:region:03", -52.33, 4.94},
    {"fr:region:04", 55.45, -20.88},
    {"fr:region:06", 45.23, -12.78},
    {"fr:region:11", 2.35, 48.86},
    {"fr:region:24", 1.91, 47.90},
    {"fr:region:27", 5.04, 47.32},
    {"fr:region:28", 1.10, 49.44},
    {"fr:region:32", 3.06, 50.63},
    {"fr:region:44", 7.75, 48.57},
    {"fr:region:52", -1.55, 47.22},
    {"fr:region:53", -1.68, 48.11},
    {"fr:region:75", -0.58, 44.84},
    {"fr:region:76", 1.44, 43.60},
    {"fr:region:84", 4.84, 45.76},
    {"fr:region:93", 5.37, 43.30},
    {"fr:region:94", 9.15, 42.15},
}};

std::optional<MapBox> within(const Part& part, const dcat::BoundingBox& box) {
  const double left = std::max(part.x, part.x_of(box.west)), right = std::min(part.x + part.width, part.x_of(box.east));
  const double top = std::max(part.y, part.y_of(box.north)),
               bottom = std::min(part.y + part.height, part.y_of(box.south));
  if (left > right || top > bottom) return std::nullopt;
  const double whole = (part.x_of(box.east) - part.x_of(box.west)) * (part.y_of(box.south) - part.y_of(box.north));
  if ((right - left) * (bottom - top) * 2 < whole) return std::nullopt;
  return MapBox{left, top, std::max(smallest, right - left), std::max(smallest, bottom - top)};
}

}  // namespace

std::optional<MapBox> on_map(const dcat::BoundingBox& box) {
  if (box.west > box.east || box.south > box.north) return std::nullopt;
  for (const Part& part : parts)
    if (const auto drawn = within(part, box)) return drawn;
  return std::nullopt;
}

std::optional<MapPoint> middle_of(std::string_view territory) {
  for (const Region& region : regions) {
    if (region.code != territory) continue;
    const auto at = on_map({region.longitude, region.latitude, region.longitude, region.latitude});
    if (at) return MapPoint{at->x, at->y};
  }
  return std::nullopt;
}

std::string map_parts() {
  std::string out;
  for (const Part& part : parts)
    out += fmt::format("{}{} {} {} {} {} {} {} {}", out.empty() ? "" : ";", part.x, part.y, part.width, part.height,
                       part.west, part.north, part.per_longitude, part.per_latitude);
  return out;
}

}  // namespace moisson::web
