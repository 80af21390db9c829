// Selection: which documents a question is about, and which each facet is counted over: facets are counted without their
// own filter. Values; the postings' memory apart, pure. Throws Xapian::Error.
#pragma once

#include "index/state.h"

#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <optional>
#include <vector>

namespace moisson::index {

class Selection {
 public:
  Selection(const State& state, Handle& handle, const search::Query& query, const Plan& plan);

  // Everything that matches; nullptr: every document does.
  const Rows* matches() const { return matches_ ? &*matches_ : nullptr; }
  std::uint64_t total() const { return matches_ ? matches_->cardinality() : documents_; }

  // How many of the words that are wanted the matches have.
  search::WordsMatched words_matched() const { return words_matched_; }

  // Whether anything but the text narrows it.
  bool filtered() const { return filtered_; }

  // What the facet of `field` is counted over; nothing: every document.
  std::optional<Rows> for_facet(search::Field field) const;

 private:
  struct Passing {
    search::Field field;
    Rows rows;
  };
  static void narrow(std::optional<Rows>& rows, const Rows& by);

  Rows by_words(const State& state, Handle& handle, const Plan& plan);

  search::WordsMatched words_matched_ = search::WordsMatched::all;
  std::uint64_t documents_ = 0;
  std::optional<Rows> base_;      // by text, dates, place and condition
  std::vector<Passing> passing_;  // by each filter
  std::optional<Rows> matches_;
  bool filtered_ = false;
};

}  // namespace moisson::index
