#include "web/france_map.h"

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

// The drawing's projection: its left edge, its top edge, units a degree.
constexpr double west_edge = -5.30, north_edge = 51.384, per_longitude = 21.18, per_latitude = 31.97;
constexpr double width = 320, height = 330;
constexpr double smallest = 3;  // units: a commune must still be seen

constexpr double x_of(double longitude) { return (longitude - west_edge) * per_longitude; }
constexpr double y_of(double latitude) { return (north_edge - latitude) * per_latitude; }

struct Region {
  std::string_view code;
  double longitude, latitude;
};

// Chief towns of the metropolitan regions; codes of the INSEE's Code officiel géographique.
constexpr std::array<Region, 13> regions{{
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

}  // namespace

std::optional<MapBox> on_map(const dcat::BoundingBox& box) {
  if (box.west > box.east || box.south > box.north) return std::nullopt;
  const double left = std::max(0.0, x_of(box.west)), right = std::min(width, x_of(box.east));
  const double top = std::max(0.0, y_of(box.north)), bottom = std::min(height, y_of(box.south));
  if (left > right || top > bottom) return std::nullopt;
  const double whole = (x_of(box.east) - x_of(box.west)) * (y_of(box.south) - y_of(box.north));
  if ((right - left) * (bottom - top) * 2 < whole) return std::nullopt;
  return MapBox{left, top, std::max(smallest, right - left), std::max(smallest, bottom - top)};
}

std::optional<MapPoint> middle_of(std::string_view territory) {
  for (const Region& region : regions)
    if (region.code == territory) return MapPoint{x_of(region.longitude), y_of(region.latitude)};
  return std::nullopt;
}

}  // namespace moisson::web
