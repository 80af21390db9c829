// From QueryText to what finds: a tree of terms, from which both the scores and the exact set of matching documents are
// made, so that the two cannot disagree. No Xapian. Values; pure but for the stemmer's memory.
#pragma once

#include "index/analysis.h"
#include "index/query_text.h"
#include "index/synonyms.h"
#include "index/weights.h"
#include "index/word_pair.h"

#include <optional>
#include <string>
#include <vector>

namespace moisson::index {

struct Node {
  enum class Kind : std::uint8_t {
    term,
    beginning,  // any term that begins so; does not score
    any,        // of the children; their scores add up
    best,       // any of the children, which are terms; the highest score counts
    all,        // of the children; among alternatives they score where all of them are
    pair,       // a child of `all` beside the words: `pair` is among the document's; does not score
  };
  Kind kind = Kind::term;
  std::string term;
  double weight = 1;  // of a term; 0: finds but does not score
  std::vector<Node> children;
  PairNumber pair = 0;
};

struct Plan {
  std::optional<Node> must;  // none: everything
  std::optional<Node> must_not;
  std::vector<Node> each;  // what finds each word that is wanted, or other words for it: `must` asks for any of them
  std::vector<Node> required;               // what must be beside them
  std::vector<Node> bonus;                  // score for what `must` found, and find nothing themselves
  std::vector<const Synonyms::Term*> also;  // other words that are searched, too
  std::vector<DateClause> dates;
  bool empty() const { return !must && !must_not && dates.empty(); }
};

// `languages`: those that the index holds records in.
Plan plan(const QueryText& text, const std::vector<std::string>& languages, Stemmer& stemmer,
          const Weights& weights = {});

}  // namespace moisson::index
