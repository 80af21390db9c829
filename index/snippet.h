// Highlighting: which words of a text answer the question. Belongs to one question and one thread.
#pragma once

#include "index/analysis.h"
#include "index/query_text.h"
#include "index/synonyms.h"

#include <moisson/search/results.h>

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace moisson::index {

class Highlighter {
 public:
  // `also`: other words that were searched, too.
  Highlighter(const QueryText& text, const std::vector<const Synonyms::Term*>& also,
              const std::vector<std::string>& languages, Stemmer& stemmer);

  // The whole text as spans; `matches` tells how many words matched.
  std::vector<search::Span> whole(std::string_view text, std::string_view language, std::size_t* matches = nullptr);

  // The passage of at most `characters` that holds the most different matches, with … where it is cut.
  std::vector<search::Span> passage(std::string_view text, std::string_view language, std::size_t characters,
                                    std::size_t* matches = nullptr);

  bool any(std::string_view text, std::string_view language);

 private:
  struct Match {
    std::size_t begin = 0, end = 0;  // bytes
    std::string form;
  };
  std::vector<Match> matches(std::string_view text, std::string_view language);
  void add(const std::string& word, const std::vector<std::string>& languages);

  Stemmer& stemmer_;
  std::unordered_set<std::string> exact_;
  std::unordered_set<std::string> stems_;
  std::bitset<256> first_bytes_;  // of the forms: stemming changes ends, so other words need no stem
};

}  // namespace moisson::index
