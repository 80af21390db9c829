#include "index/length_norm.h"

#include <algorithm>

namespace moisson::index {
namespace {

// `length_of` tells a row's; `least`: of the average, what a shorter one counts as.
template <class LengthOf>
std::vector<float> norms(const FacetColumn& column, double k1, double b, double least, LengthOf length_of) {
  double sum = 0;
  for (Row row = 0; row < column.rows_end(); ++row)
    if (column.has(row)) sum += length_of(column.facts(row));
  const double average = std::max(1.0, sum / std::max(1.0, static_cast<double>(column.documents())));
  std::vector<float> by_row(column.rows_end());
  for (Row row = 0; row < column.rows_end(); ++row) {
    if (!column.has(row)) continue;
    const double relative = std::max(least, length_of(column.facts(row)) / average);
    by_row[row] = static_cast<float>(k1 * (1 - b + b * relative));
  }
  return by_row;
}

}  // namespace

LengthNorms length_norms(const FacetColumn& column, const Weights& weights) {
  return {norms(column, weights.k1, weights.b, weights.least_length,
                [](const Facts& facts) { return static_cast<double>(facts.length); }),
          norms(column, weights.k1, weights.title_b, 0,
                [](const Facts& facts) { return static_cast<double>(facts.title_words); })};
}

}  // namespace moisson::index
