#include "index/document.h"

#include "core/text.h"
#include "index/names.h"
#include "index/plain_text.h"
#include "index/schema.h"
#include "index/weights.h"
#include "index/word_pair.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

namespace moisson::index {
namespace {

constexpr std::size_t words_of_description = 20'000;
constexpr std::size_t words_of_others = 200;
constexpr std::size_t bytes_of_description = 131'072;
constexpr std::size_t most_identifiers = 20;

bool is_acronym(std::string_view spelled, std::string_view title) {
  if (spelled.size() < 2 || spelled.size() > 6) return false;
  for (const char c : spelled)
    if (c < 'A' || c > 'Z') return false;
  for (const char c : title)
    if (c >= 'a' && c <= 'z') return true;  // a title in capitals throughout has no acronyms to see
  return false;
}

// One document while its terms gather; frequencies are summed first, since Xapian's own list costs a search each.
class Gathering {
 public:
  Gathering(const Entry& entry, const Card& card, Stemmer& stemmer) : entry_(entry), card_(card), stemmer_(stemmer) {}

  Xapian::Document document() {
    const auto& resource = dcat::resource(entry_.record);
    for (const auto& title : resource.title) add_title(title, TextField::title);
    for (const auto& name : resource.alternative) add_title(name, TextField::alternative);
    for (const auto& name : names(resource.title, resource.alternative)) titles_.insert(term(prefix::name, name));
    for (const auto& keyword : resource.keyword)
      add_text(keyword.value, keyword.language, TextField::keyword, words_of_others);
    add_publishers(resource);
    for (const auto& description : resource.description)
      add_text(plain_text(description.value, bytes_of_description), description.language, TextField::description,
               words_of_description);
    for (const auto& [word, count] : frequencies_) {
      document_.add_term(word, count.exact);
      // Not a reference into the stemmer's memory: the next call may drop it.
      for (const auto& language : count.languages)
        stems_[term(prefix::stem, stemmer_.stem(language, word))] += count.exact;
    }
    for (const auto& [stem, count] : stems_) document_.add_term(stem, count);
    for (const auto& word : titles_) document_.add_boolean_term(word);
    for (const auto language : languages_) document_.add_boolean_term(term(prefix::stemmed, language));
    add_values();
    document_.add_value(pairs_slot, encode_pairs(std::move(pairs_)));
    document_.set_data(encode(card_));
    return std::move(document_);
  }

 private:
  struct Count {
    unsigned exact = 0;
    std::vector<std::string_view> languages;
  };

  std::string_view language_of(std::string_view stated) const {
    const auto own = stemmed_language(stated);
    return own.empty() ? stemmed_language(card_.language) : own;
  }

  void add_word(const std::string& word, std::string_view language, unsigned boost) {
    auto& count = frequencies_[word];
    count.exact += boost;
    for (const auto known : count.languages)
      if (known == language) return;
    if (language.empty()) return;
    count.languages.push_back(language);
    languages_.insert(language);
  }

  void add_text(std::string_view text, std::string_view language, TextField field, std::size_t limit) {
    const auto stemmed = language_of(language);
    std::string before;
    for (auto& word : words(text, limit)) {
      add_word(word.folded, stemmed, row(field).boost);
      if (is_stop_word(word.folded)) continue;
      if (!before.empty()) pairs_.push_back(pair_number(before, word.folded));
      before = std::move(word.folded);
    }
  }

  void add_title(const LangString& title, TextField field) {
    const auto language = language_of(title.language);
    std::string initials;
    std::string before, earlier;
    for (const auto& word : words(title.value, words_of_others)) {
      const auto spelled = std::string_view(title.value).substr(word.begin, word.end - word.begin);
      add_word(word.folded, language, row(field).boost + (is_acronym(spelled, title.value) ? acronym_boost : 0));
      titles_.insert(term(prefix::title, word.folded));
      titles_.insert(term(prefix::title_stem, stemmer_.stem(language, word.folded)));
      if (is_stop_word(word.folded)) continue;
      initials += word.folded.front();
      if (!before.empty()) {
        titles_.insert(term(prefix::bigram, before + ' ' + word.folded));
        pairs_.push_back(pair_number(before, word.folded));
        titles_.insert(term(prefix::joined, before + word.folded));
        if (!earlier.empty()) titles_.insert(term(prefix::joined, earlier + before + word.folded));
      }
      earlier = std::move(before);
      before = word.folded;
    }
    if (initials.size() >= 2 && initials.size() <= 8) titles_.insert(term(prefix::initials, initials));
  }

  // What the catalog calls them, and what their records do.
  void add_publishers(const dcat::Resource& resource) {
    const auto& known = card_[search::Field::publisher];
    for (const auto& publisher : known)
      add_text(publisher.label, card_.language, TextField::publisher, words_of_others);
    for (const auto& agent : resource.publisher) {
      const auto* name = best(agent.name, card_.language);
      if (name == nullptr ||
          std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.label == name->value; }))
        continue;
      add_text(name->value, card_.language, TextField::publisher, words_of_others);
    }
  }

  void add_values() {
    for (const auto& field : value_rows)
      for (const auto& value : card_[field.field]) document_.add_boolean_term(term(field.prefix, value.value));
    // Who types a publisher's name means every body of that name.
    for (const auto& publisher : dcat::resource(entry_.record).publisher)
      for (const auto& name : publisher.name)
        document_.add_boolean_term(term(row(search::Field::publisher).prefix, slug(name.value)));
    for (const auto& place : dcat::resource(entry_.record).spatial)
      for (const auto& key : place.territory) document_.add_boolean_term(term(prefix::own_territory, key));
    document_.add_boolean_term(term(prefix::identifier, card_.remote_id));
    std::size_t identifiers = 0;
    for (const auto& identifier : dcat::resource(entry_.record).identifier)
      if (++identifiers <= most_identifiers) document_.add_boolean_term(term(prefix::identifier, identifier));
  }

  const Entry& entry_;
  const Card& card_;
  Stemmer& stemmer_;
  Xapian::Document document_;
  std::unordered_map<std::string, Count> frequencies_;
  std::unordered_map<std::string, unsigned> stems_;
  std::set<std::string> titles_;
  std::vector<PairNumber> pairs_;
  std::set<std::string_view> languages_;
};

}  // namespace

Xapian::Document DocumentMaker::make(const Entry& entry, const Card& card) {
  return Gathering(entry, card, stemmer_).document();
}

}  // namespace moisson::index
