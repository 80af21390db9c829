// HitMaker: a result as readers see it, from its card. One question, one thread. Throws Xapian::Error.
#pragma once

#include "index/card.h"
#include "index/query_text.h"
#include "index/snippet.h"
#include "index/state.h"

#include <moisson/core/result.h>
#include <moisson/search/query.h>
#include <moisson/search/results.h>

namespace moisson::index {

class HitMaker {
 public:
  struct Score {
    double text = 0;   // BM25
    double total = 0;  // with the prior
  };

  // All references outlive it.
  HitMaker(const State& state, Handle& handle, const search::Query& query, const QueryText& text, const Plan& plan);

  // corrupt: the document does not read back.
  Result<search::Hit> make(Row row, Score score);

 private:
  void mark(const Card& card, search::Hit& hit);
  std::vector<search::Copy> also_in(Row row) const;

  const State& state_;
  Handle& handle_;
  const search::Query& query_;
  const QueryText& text_;
  Highlighter highlighter_;
};

}  // namespace moisson::index
