// Prior: what a record is worth apart from any question, ready for each row. Immutable; thread-safe.
#pragma once

#include "index/facet_column.h"
#include "index/weights.h"

#include <memory>
#include <vector>

namespace moisson::index {

class Prior {
 public:
  // `newest`: the time that freshness counts from, ms since 1970.
  static std::shared_ptr<const Prior> made(const FacetColumn& column, const Weights& weights, std::int64_t newest);

  // What is made of the score of a row's text.
  struct Worth {
    float factor = 1;
    float addend = 0;
  };
  const Worth& worth(Row row) const { return worth_[row]; }

  // The score of a present row whose text scores so much.
  float operator()(Row row, float text) const { return text * worth_[row].factor + worth_[row].addend; }

 private:
  std::vector<Worth> worth_;  // by row
};

}  // namespace moisson::index
