// Analysis: from a folded word to the forms it is searched by. Folding comes before stemming, so that "données" and
// "donnees" meet. Stemmers are Snowball's, through Xapian.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::index {

// The language whose stemmer serves `tag` ("fr" for "fr-BE"); empty if there is none.
std::string_view stemmed_language(std::string_view tag);

// Articles, prepositions and pronouns of the stemmed languages, folded. They are indexed and weigh a little, but a record
// is not found by them alone, unless nothing else is asked. Thread-safe.
bool is_stop_word(std::string_view folded);

// Stems with a memory. One thread.
class Stemmer {
 public:
  Stemmer();
  ~Stemmer();

  // The stem of a folded word; the word itself where `language` has no stemmer. Valid until the next call.
  const std::string& stem(std::string_view language, const std::string& folded);

  // Its distinct stems in any of `languages`.
  std::vector<std::string> stems(const std::vector<std::string>& languages, const std::string& folded);

 private:
  struct Language;
  std::vector<std::unique_ptr<Language>> languages_;  // in the order of the table of stemmed languages
};

}  // namespace moisson::index
