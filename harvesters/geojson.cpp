#include "harvesters/geojson.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace moisson::harvesters {
namespace {

constexpr int deepest = 12;  // collections in collections, then a multipolygon's four levels
constexpr std::size_t max_positions = 200'000;

struct Box {
  dcat::BoundingBox box{std::numeric_limits<double>::max(), std::numeric_limits<double>::max(),
                        std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
  std::size_t positions = 0;

  bool add(double longitude, double latitude) {
    if (!(longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90) || ++positions > max_positions)
      return false;
    box.west = std::min(box.west, longitude);
    box.east = std::max(box.east, longitude);
    box.south = std::min(box.south, latitude);
    box.north = std::max(box.north, latitude);
    return true;
  }
};

bool add_coordinates(Box& box, json::View value, int depth) {
  if (depth > deepest || !value.is(json::Kind::array)) return false;
  if (value.size() >= 2 && value[0].is(json::Kind::number)) {
    const auto longitude = value[0].number();
    const auto latitude = value[1].number();
    return longitude && latitude && box.add(*longitude, *latitude);
  }
  for (const json::View part : value.items()) {
    if (!add_coordinates(box, part, depth + 1)) return false;
  }
  return true;
}

bool add_object(Box& box, json::View value, int depth) {
  if (depth > deepest) return false;
  if (value["coordinates"].exists()) return add_coordinates(box, value["coordinates"], depth + 1);
  if (value["geometry"].exists()) return add_object(box, value["geometry"], depth + 1);
  for (const char* members : {"geometries", "features"}) {
    for (const json::View part : value[members].items()) {
      if (!add_object(box, part, depth + 1)) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<dcat::BoundingBox> bounding_box(json::View geojson) {
  Box box;
  if (!add_object(box, geojson, 0) || box.positions == 0) return std::nullopt;
  return box.box;
}

}  // namespace moisson::harvesters
