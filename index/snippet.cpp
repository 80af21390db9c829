#include "index/snippet.h"

#include "core/text.h"

#include <algorithm>

namespace moisson::index {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The byte offset `characters` after `from`, at most the end.
std::size_t advance(std::string_view text, std::size_t from, std::size_t characters) {
  auto at = from;
  while (at < text.size() && (characters > 0 || continues(text[at]))) {
    ++at;
    while (at < text.size() && continues(text[at])) ++at;
    if (characters > 0) --characters;
  }
  return at;
}

// Back from `at` to a word's beginning, unless that is far.
std::size_t word_start(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  for (auto start = at; start > 0 && at - start < 40; --start)
    if (text[start - 1] == ' ') return start;
  while (at > 0 && continues(text[at])) --at;
  return at;
}

}  // namespace

Highlighter::Highlighter(const QueryText& text, const std::vector<const Synonyms::Term*>& also,
                         const std::vector<std::string>& languages, Stemmer& stemmer)
    : stemmer_(stemmer) {
  for (const auto* clauses : {&text.wanted, &text.required})
    for (const auto& clause : *clauses)
      for (const auto& atom : clause.alternatives)
        for (const auto& word : atom.words)
          if (atom.kind != Atom::Kind::word || !is_stop_word(word)) add(word, languages);
  for (const auto* term : also)
    for (const auto& word : term->words) add(word, languages);
}

void Highlighter::add(const std::string& word, const std::vector<std::string>& languages) {
  exact_.insert(word);
  first_bytes_.set(static_cast<unsigned char>(word.front()));
  for (auto& stem : stemmer_.stems(languages, word)) stems_.insert(std::move(stem));
}

std::vector<Highlighter::Match> Highlighter::matches(std::string_view text, std::string_view language) {
  std::vector<Match> found;
  if (exact_.empty()) return found;
  for (auto& word : words(text)) {
    if (!first_bytes_[static_cast<unsigned char>(word.folded.front())]) continue;
    const auto& stem = stemmer_.stem(language, word.folded);
    if (stems_.contains(stem) || exact_.contains(word.folded)) found.push_back({word.begin, word.end, stem});
  }
  return found;
}

std::vector<search::Span> Highlighter::whole(std::string_view text, std::string_view language, std::size_t* count) {
  const auto found = matches(text, language);
  if (count) *count = found.size();
  std::vector<search::Span> spans;
  std::size_t at = 0;
  for (const auto& match : found) {
    if (match.begin > at) spans.push_back({std::string(text.substr(at, match.begin - at)), false});
    spans.push_back({std::string(text.substr(match.begin, match.end - match.begin)), true});
    at = match.end;
  }
  if (at < text.size()) spans.push_back({std::string(text.substr(at)), false});
  return spans;
}

std::vector<search::Span> Highlighter::passage(std::string_view text, std::string_view language, std::size_t characters,
                                               std::size_t* count) {
  const auto found = matches(text, language);
  if (count) *count = found.size();
  std::size_t begin = 0;
  if (!found.empty() && advance(text, 0, characters) < text.size()) {
    // The first match whose window sees the most different forms; a little text before it gives context.
    std::size_t best_forms = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto window_end = advance(text, found[i].begin, characters * 3 / 4);
      std::unordered_set<std::string_view> forms;
      for (auto j = i; j < found.size() && found[j].end <= window_end; ++j) forms.insert(found[j].form);
      if (forms.size() > best_forms) {
        best_forms = forms.size();
        begin = found[i].begin > characters / 4 ? word_start(text, found[i].begin - characters / 4) : 0;
      }
    }
  }
  auto end = advance(text, begin, characters);
  if (end < text.size()) end = std::max(word_start(text, end), std::min(begin + 1, text.size()));
  std::vector<search::Span> spans;
  auto at = begin;
  if (begin > 0) spans.push_back({"… ", false});
  for (const auto& match : found) {
    if (match.begin < at || match.end > end) continue;
    if (match.begin > at) spans.push_back({std::string(text.substr(at, match.begin - at)), false});
    spans.push_back({std::string(text.substr(match.begin, match.end - match.begin)), true});
    at = match.end;
  }
  if (at < end) spans.push_back({std::string(text.substr(at, end - at)), false});
  if (end < text.size()) spans.push_back({"…", false});
  return spans;
}

bool Highlighter::any(std::string_view text, std::string_view language) { return !matches(text, language).empty(); }

}  // namespace moisson::index
