// What the length of each document's texts and of its title does to BM25: k1 · (1 − b + b · length / average), by row. Pure.
#pragma once

#include "index/facet_column.h"
#include "index/weights.h"

#include <vector>

namespace moisson::index {

struct LengthNorms {
  std::vector<float> text;
  std::vector<float> title;
};

LengthNorms length_norms(const FacetColumn& column, const Weights& weights);

}  // namespace moisson::index
