// Ranking: every document in one order, both ways: which stands at a rank, and the rank of a row. With it any page of any
// set of matches costs the same. Immutable; thread-safe.
#pragma once

#include "index/facet_column.h"
#include "index/postings.h"

#include <moisson/search/query.h>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace moisson::index {

class Ranking {
 public:
  // The order of `column` by `sort` (not relevance): modified, created, popularity and changed greatest first, title
  // and id ascending; equals by row. `before` is the ranking that held until the rows of `changed` (ascending) changed; nullptr: none.
  static std::shared_ptr<const Ranking> made(search::Sort sort, const FacetColumn& column, const Ranking* before,
                                             std::span<const Row> changed);

  // Those of `matches` that stand `first` to `first + count` among them.
  std::vector<Row> page(const Rows& matches, std::size_t first, std::size_t count) const;

  std::vector<Row> page(std::size_t first, std::size_t count) const;  // of every document

  // Of every document but `left_out`. Costs a step for each that stands before.
  std::vector<Row> page_without(const Rows& left_out, std::size_t first, std::size_t count) const;

  std::span<const Row> order() const { return order_; }

 private:
  std::vector<Row> order_;
  std::vector<std::uint32_t> ranks_;  // by row
};

}  // namespace moisson::index
