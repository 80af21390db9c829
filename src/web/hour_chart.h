// Charts over the 24 hours of a day, as shapes of an inline SVG of 720 × 200: its words are HTML beside it. Pure.
#pragma once

#include "web/model.h"

#include <array>
#include <optional>
#include <string>

namespace moisson::web {

// The end of an axis that holds `most`: 1, 2 or 5 times a power of ten, and at least 1.
double axis_end(double most);

// One BAR {X, Y, HEIGHT} for each hour that has something.
void bars(const std::array<double, 24>& hours, double end, Model& chart);

// The path of a line through the middles of the hours; it is broken where an hour has no value.
std::string line(const std::array<std::optional<double>, 24>& hours, double end);

}  // namespace moisson::web
