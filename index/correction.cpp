#include "index/correction.h"

#include "core/text.h"
#include "index/card.h"
#include "index/names.h"
#include "index/schema.h"
#include "index/synonyms.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <vector>

namespace moisson::index {
namespace {

constexpr std::size_t shortest = 4;    // bytes: shorter words are seldom misspelled, and often acronyms
constexpr std::uint32_t rare = 2;      // records
constexpr std::uint32_t common = 100;  // times as many
constexpr std::size_t titles_read = 8;

class Corrector {
 public:
  Corrector(const State& state, Handle& handle) : state_(state), database_(handle.database), stemmer_(handle.stemmer) {}

  // The spelling to put for a folded word; nothing: it is right.
  std::optional<std::string> better(const std::string& word, bool* unknown) {
    *unknown = false;
    if (word.size() < shortest || is_stop_word(word) ||
        std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return std::nullopt;
    const auto records = database_.get_termfreq(word);
    if (records > rare || known_otherwise(word)) return std::nullopt;
    const auto& lexicon = state_.lexicon->get(database_);
    *unknown = records == 0;
    if (const auto near = lexicon.nearest(word)) {
      if (*unknown || (near->slips == 1 && near->word.count >= common * records &&
                       light_plural(std::string(near->word.text)) != light_plural(word)))
        return spelled(near->word.text);
      return std::nullopt;
    }
    if (!*unknown) return std::nullopt;
    if (const auto parts = lexicon.parted(word)) return spelled(parts->first.text) + ' ' + spelled(parts->second.text);
    return std::nullopt;
  }

 private:
  bool known_otherwise(const std::string& word) {
    const auto has = [&](std::string_view before, std::string_view value) {
      return database_.term_exists(term(before, value));
    };
    if (has(prefix::joined, word) || has(prefix::name, light_plural(word))) return true;
    const auto stems = stemmer_.stems(state_.languages, word);
    return std::any_of(stems.begin(), stems.end(),
                       [&](const auto& stem) { return database_.get_termfreq(term(prefix::stem, stem)) > rare; });
  }

  // As titles spell it inside a sentence: with its accents, in capitals if it is an acronym.
  std::string spelled(std::string_view folded) {
    std::string fallback(folded);
    std::size_t read = 0;
    const auto name = term(prefix::title, folded);
    const auto end = database_.postlist_end(name);
    for (auto at = database_.postlist_begin(name); at != end && read < titles_read; ++at, ++read) {
      const auto card = decode(database_.get_document(*at).get_data());
      if (!card) continue;
      for (const auto& title : card->title)
        for (const auto& word : words(title.value, 200)) {
          if (word.folded != folded) continue;
          const auto form = title.value.substr(word.begin, word.end - word.begin);
          const bool capital = std::isupper(static_cast<unsigned char>(form.front())) != 0;
          if (word.begin > 0 && !capital) return form;
          if (fallback == folded && form != title.value) fallback = lower_ascii(form);
        }
    }
    return fallback;
  }

  const State& state_;
  const Xapian::Database& database_;
  Stemmer& stemmer_;
};

}  // namespace

Correction corrected(const State& state, Handle& handle, std::string_view typed, const QueryText& text) {
  Corrector corrector(state, handle);
  std::vector<std::string> asked;
  for (const auto* clauses : {&text.wanted, &text.required})
    for (const auto& clause : *clauses)
      for (const auto& atom : clause.alternatives)
        for (const auto& word : atom.words) asked.push_back(word);
  // A word that has others for it is not misspelled, though no record has it.
  std::vector<std::string> content;
  std::copy_if(asked.begin(), asked.end(), std::back_inserter(content),
               [](const auto& word) { return !is_stop_word(word); });
  std::vector<bool> has_others(content.size());
  for (const auto& match : Synonyms::shipped().find(content))
    for (auto i = match.begin; i < match.end; ++i) has_others[i] = true;
  for (std::size_t i = 0; i < content.size(); ++i)
    if (has_others[i]) std::erase(asked, content[i]);
  Correction found;
  std::string out;
  std::size_t copied = 0;
  const auto clean = clean_utf8(cut(typed, 4 * most_query_characters));
  for (const auto& word : words(clean, most_query_terms)) {
    if (std::find(asked.begin(), asked.end(), word.folded) == asked.end()) continue;
    bool unknown = false;
    const auto better = corrector.better(word.folded, &unknown);
    if (!better) continue;
    found.needed |= unknown;
    out.append(clean, copied, word.begin - copied).append(*better);
    copied = word.end;
  }
  if (copied > 0) found.text = out.append(clean, copied);
  return found;
}

}  // namespace moisson::index
