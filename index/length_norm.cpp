#include "index/length_norm.h"

#include <algorithm>

namespace moisson::index {

std::vector<float> length_norms(const FacetColumn& column, const Weights& weights) {
  double sum = 0;
  for (Row row = 0; row < column.rows_end(); ++row)
    if (column.has(row)) sum += column.facts(row).length;
  const double average = std::max(1.0, sum / std::max(1.0, static_cast<double>(column.documents())));
  std::vector<float> norms(column.rows_end());
  for (Row row = 0; row < column.rows_end(); ++row) {
    if (!column.has(row)) continue;
    const double relative = std::max(weights.least_length, column.facts(row).length / average);
    norms[row] = static_cast<float>(weights.k1 * (1 - weights.b + weights.b * relative));
  }
  return norms;
}

}  // namespace moisson::index
