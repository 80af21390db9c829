// DegreesBox: the box around positions that come one after the other. Value.
#pragma once

#include <moisson/dcat/record.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace moisson::rdf {

class DegreesBox {
 public:
  void add(double longitude, double latitude) {
    west_ = std::min(west_, longitude);
    east_ = std::max(east_, longitude);
    south_ = std::min(south_, latitude);
    north_ = std::max(north_, latitude);
  }

  // Nothing: no positions, or such as are no degrees.
  std::optional<dcat::BoundingBox> degrees() const {
    if (west_ < -180 || east_ > 180 || south_ < -90 || north_ > 90 || west_ > east_) return std::nullopt;
    return dcat::BoundingBox{west_, south_, east_, north_};
  }

 private:
  double west_ = INFINITY, south_ = INFINITY, east_ = -INFINITY, north_ = -INFINITY;
};

}  // namespace moisson::rdf
