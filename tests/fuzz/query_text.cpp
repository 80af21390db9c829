// Any bytes as a question, and as the text in which its words are marked.
#include "index/query_text.h"

#include "core/text.h"
#include "fuzz.h"
#include "index/snippet.h"

namespace moisson::fuzz {
namespace {

void check(const std::vector<index::Clause>& clauses, std::size_t& atoms) {
  for (const index::Clause& clause : clauses) {
    require(!clause.alternatives.empty(), "a clause asks for something");
    for (const index::Atom& atom : clause.alternatives) {
      atoms += std::max<std::size_t>(atom.words.size(), 1);
      if (atom.kind == index::Atom::Kind::word) require(atom.words.size() == 1, "a word is one word");
      if (atom.kind == index::Atom::Kind::value) require(atom.field.has_value(), "a value has its field");
      for (const std::string& word : atom.words)
        require(is_utf8(word) && word.size() <= 64, "a term is short, and UTF-8");
    }
  }
}

void check_spans(const std::vector<search::Span>& spans, std::string_view text) {
  std::string joined;
  for (const search::Span& span : spans) joined += span.text;
  require(joined == text, "marking changes nothing");
}

}  // namespace

void read(std::string_view bytes) {
  const auto [typed, text] = first_line_and_rest(bytes);
  const index::QueryText query = index::parse_query_text(typed);
  std::size_t atoms = 0;
  check(query.wanted, atoms);
  check(query.required, atoms);
  check(query.excluded, atoms);
  require(atoms <= index::most_query_terms, "terms are capped");
  static_cast<void>(index::to_string(query));

  static index::Stemmer stemmer;
  index::Highlighter highlighter(query, {}, {"fr", "en"}, stemmer);
  const std::string clean = clean_utf8(text);
  check_spans(highlighter.whole(clean, "fr"), clean);
  for (const auto& span : highlighter.passage(clean, "fr", 200)) require(is_utf8(span.text), "a passage is UTF-8");
  static_cast<void>(highlighter.any(clean, "en"));
}

}  // namespace moisson::fuzz
