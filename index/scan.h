// One pass over the facet column: the rows whose values pass a test. Pure.
#pragma once

#include "index/facet_column.h"
#include "index/postings.h"

#include <vector>

namespace moisson::index {

// The documents for which test(chunk, slot).
template <class Test>
Rows scan(const FacetColumn& column, Test test) {
  std::vector<Row> rows;
  for (std::size_t number = 0; number < column.chunk_count(); ++number) {
    const auto* chunk = column.chunk(number);
    if (!chunk) continue;
    for (std::size_t slot = 0; slot < chunk_rows; ++slot)
      if (chunk->present[slot] && test(*chunk, slot)) rows.push_back(static_cast<Row>(number * chunk_rows + slot));
  }
  return {rows.size(), rows.data()};
}

}  // namespace moisson::index
