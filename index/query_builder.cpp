#include "index/query_builder.h"

#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t shortest_joined = 6;  // bytes: shorter words are seldom two

Node term_node(std::string name, double weight) { return {Node::Kind::term, std::move(name), weight, {}}; }

Node joined(Node::Kind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  return {kind, {}, 1, std::move(children)};
}

class Planner {
 public:
  Planner(const std::vector<std::string>& languages, Stemmer& stemmer, const Weights& weights)
      : languages_(languages), stemmer_(stemmer), weights_(weights) {}

  Plan plan(const QueryText& text) {
    Plan out;
    std::vector<Node> wanted, stop_words, required, excluded;
    const bool content =
        !text.required.empty() || !std::all_of(text.wanted.begin(), text.wanted.end(), only_stop_words);
    for (const auto& clause : text.wanted) {
      if (content && only_stop_words(clause))
        stop_words.push_back(
            term_node(term(prefix::exact, clause.alternatives.front().words.front()), weights_.stop_word));
      else
        wanted.push_back(node(clause));
    }
    out.bonus = std::move(stop_words);
    std::vector<std::string> side_by_side;
    for (const auto& clause : text.wanted)
      if (clause.alternatives.size() == 1) side_by_side.push_back(clause.alternatives.front().words.front());
    add_bigrams(out, side_by_side, weights_.title_bigram);
    if (!wanted.empty()) add_other_spellings(wanted, side_by_side);
    for (const auto& clause : text.required) required.push_back(node(clause));
    for (const auto& clause : text.excluded) excluded.push_back(node(clause));
    if (!wanted.empty()) required.push_back(joined(Node::Kind::any, std::move(wanted)));
    if (!required.empty()) out.must = joined(Node::Kind::all, std::move(required));
    if (!excluded.empty()) out.must_not = joined(Node::Kind::any, std::move(excluded));
    for (const auto& clause : text.required)
      for (const auto& atom : clause.alternatives)
        if (atom.kind == Atom::Kind::phrase) add_bigrams(out, atom.words, weights_.title_phrase);
    return out;
  }

 private:
  static bool only_stop_words(const Clause& clause) {
    return std::all_of(clause.alternatives.begin(), clause.alternatives.end(), [](const Atom& atom) {
      return atom.kind == Atom::Kind::word && is_stop_word(atom.words.front());
    });
  }

  Node node(const Clause& clause) {
    std::vector<Node> alternatives;
    for (const auto& atom : clause.alternatives) alternatives.push_back(node(atom));
    return joined(Node::Kind::any, std::move(alternatives));
  }

  Node node(const Atom& atom) {
    std::vector<Node> parts;
    switch (atom.kind) {
      case Atom::Kind::word:
        return word(atom.words.front());
      case Atom::Kind::value:
        return term_node(term(row(*atom.field).prefix, atom.value), 0);
      case Atom::Kind::phrase:
        for (const auto& each : atom.words) parts.push_back(word(each));
        break;
      case Atom::Kind::title:
        for (const auto& each : atom.words) parts.push_back(term_node(term(prefix::title, each), weights_.exact));
        break;
    }
    return joined(Node::Kind::all, std::move(parts));
  }

  // The exact form and the stem both score: a record with the very word stands before one with a relative of it.
  Node word(const std::string& folded) {
    std::vector<Node> stems;
    for (auto& stem : stemmer_.stems(languages_, folded))
      stems.push_back(term_node(term(prefix::stem, stem), weights_.stem));
    std::vector<Node> forms{term_node(term(prefix::exact, folded), weights_.exact)};
    if (!stems.empty()) forms.push_back(joined(Node::Kind::best, std::move(stems)));
    if (folded.size() >= 2 && folded.size() <= 8 && !is_stop_word(folded))
      forms.push_back(term_node(term(prefix::initials, folded), weights_.title_initials));
    if (folded.size() >= shortest_joined) forms.push_back(term_node(term(prefix::joined, folded), weights_.joined));
    return joined(Node::Kind::any, std::move(forms));
  }

  // "open damir" is written "opendamir" too, and "répertoire national des associations" is the RNA.
  void add_other_spellings(std::vector<Node>& wanted, const std::vector<std::string>& words) const {
    const std::string* before = nullptr;
    std::string initials;
    for (const auto& word : words) {
      if (is_stop_word(word)) continue;
      initials += word.front();
      if (before && before->size() + word.size() >= shortest_joined)
        wanted.push_back(term_node(term(prefix::exact, *before + word), weights_.joined));
      before = &word;
    }
    if (initials.size() >= 3 && initials.size() <= 8)
      wanted.push_back(term_node(term(prefix::exact, initials), weights_.acronym));
  }

  // Words side by side in a title; stop words between them do not part them.
  void add_bigrams(Plan& out, const std::vector<std::string>& words, double weight) const {
    const std::string* before = nullptr;
    for (const auto& word : words) {
      if (is_stop_word(word)) continue;
      if (before) out.bonus.push_back(term_node(term(prefix::bigram, *before + ' ' + word), weight));
      before = &word;
    }
  }

  const std::vector<std::string>& languages_;
  Stemmer& stemmer_;
  const Weights& weights_;
};

}  // namespace

Plan plan(const QueryText& text, const std::vector<std::string>& languages, Stemmer& stemmer, const Weights& weights) {
  return Planner(languages, stemmer, weights).plan(text);
}

}  // namespace moisson::index
