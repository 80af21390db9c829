// State: the parts that one Snapshot is made of, all of one revision. Immutable but for what postings and answers remember; thread-safe.
#pragma once

#include "index/answers.h"
#include "index/completions.h"
#include "index/facet_column.h"
#include "index/families.h"
#include "index/lexicon.h"
#include "index/postings.h"
#include "index/prior.h"
#include "index/ranking.h"
#include "index/revision.h"
#include "index/snapshot.h"
#include "index/writer.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace moisson::index {

inline constexpr std::array sorted_by{search::Sort::modified,   search::Sort::created, search::Sort::title,
                                      search::Sort::popularity, search::Sort::changed, search::Sort::id};
using Rankings = std::array<std::shared_ptr<const Ranking>, sorted_by.size()>;

struct State {
  Identity identity;
  std::shared_ptr<Revision> revision;
  std::shared_ptr<const FacetColumn> column;
  std::shared_ptr<const Families> families;
  Rankings rankings;                   // in the order of sorted_by
  std::vector<std::string> languages;  // that texts were stemmed in
  Weights weights;
  std::shared_ptr<const Prior> prior;
  std::unique_ptr<Postings> postings;
  std::unique_ptr<Answers> answers;
  std::shared_ptr<const LexiconSlot> lexicon;          // of this state or one little older
  std::shared_ptr<const CompletionsSlot> completions;  // likewise

  const Ranking& ranking(search::Sort sort) const;  // of relevance: modified; of row there is none
};

std::shared_ptr<const Snapshot> make_snapshot(State state);

}  // namespace moisson::index
