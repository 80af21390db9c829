#include "web/hour_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace moisson::web {
namespace {

constexpr double height = 200;
constexpr std::size_t step = 30;  // of an hour
constexpr std::size_t dash = 12;
constexpr double least = 2;  // of a bar that stands for anything at all

double scaled(double value, double end) { return height * std::min(value, end) / end; }

}  // namespace

double axis_end(double most) {
  const double unit = std::pow(10, std::floor(std::log10(std::max(most, 1.0))));
  for (const double times : {1, 2, 5})
    if (most <= times * unit) return times * unit;
  return 10 * unit;
}

void bars(const std::array<double, 24>& hours, double end, Model& chart) {
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    if (hours[hour] <= 0) continue;
    const double tall = std::max(least, scaled(hours[hour], end));
    chart.add("BAR")
        .set("X", std::to_string(step * hour + 4))
        .set("Y", fmt::format("{:.1f}", height - tall))
        .set("HEIGHT", fmt::format("{:.1f}", tall));
  }
}

std::string line(const std::array<std::optional<double>, 24>& hours, double end) {
  std::string path;
  bool begun = false;
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    if (hours[hour]) {
      // A point without neighbours would not be seen: it becomes a dash.
      const bool alone = !begun && (hour + 1 == hours.size() || !hours[hour + 1]);
      const std::size_t x = step * hour + step / 2 - (alone ? dash / 2 : 0);
      path += fmt::format("{}{} {:.1f}", begun ? 'L' : 'M', x, height - scaled(*hours[hour], end));
      if (alone) path += fmt::format("h{}", dash);
    }
    begun = hours[hour].has_value();
  }
  return path;
}

}  // namespace moisson::web
