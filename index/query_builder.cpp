#include "index/query_builder.h"

#include "index/schema.h"
#include "index/weights.h"

#include <algorithm>

namespace moisson::index {
namespace {

Node term_node(std::string name, double weight) { return {Node::Kind::term, std::move(name), weight, {}}; }

Node joined(Node::Kind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  return {kind, {}, 1, std::move(children)};
}

class Planner {
 public:
  Planner(const std::vector<std::string>& languages, Stemmer& stemmer) : languages_(languages), stemmer_(stemmer) {}

  Plan plan(const QueryText& text) {
    Plan out;
    std::vector<Node> wanted, stop_words, required, excluded;
    const bool content = !text.required.empty() || !std::all_of(text.wanted.begin(), text.wanted.end(), only_stop_words);
    for (const auto& clause : text.wanted) {
      if (content && only_stop_words(clause))
        stop_words.push_back(term_node(term(prefix::exact, clause.alternatives.front().words.front()), weights::stop_word));
      else
        wanted.push_back(node(clause));
    }
    for (const auto& clause : text.required) required.push_back(node(clause));
    for (const auto& clause : text.excluded) excluded.push_back(node(clause));
    if (!wanted.empty()) required.push_back(joined(Node::Kind::any, std::move(wanted)));
    if (!required.empty()) out.must = joined(Node::Kind::all, std::move(required));
    if (!excluded.empty()) out.must_not = joined(Node::Kind::any, std::move(excluded));
    out.bonus = std::move(stop_words);
    add_bigrams(out, text.wanted);
    for (const auto& clause : text.required)
      for (const auto& atom : clause.alternatives)
        if (atom.kind == Atom::Kind::phrase && atom.words.size() > 1) out.phrases.push_back(atom.words);
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
      case Atom::Kind::word: return word(atom.words.front());
      case Atom::Kind::value: return term_node(term(row(*atom.field).prefix, atom.value), 0);
      case Atom::Kind::phrase:
        for (const auto& each : atom.words) parts.push_back(word(each));
        break;
      case Atom::Kind::title:
        for (const auto& each : atom.words) parts.push_back(term_node(term(prefix::title, each), weights::exact));
        break;
    }
    return joined(Node::Kind::all, std::move(parts));
  }

  // The exact form and the stem both score: a record with the very word stands before one with a relative of it.
  Node word(const std::string& folded) {
    std::vector<Node> stems;
    for (auto& stem : stemmer_.stems(languages_, folded)) stems.push_back(term_node(term(prefix::stem, stem), weights::stem));
    std::vector<Node> forms{term_node(term(prefix::exact, folded), weights::exact)};
    if (!stems.empty()) forms.push_back(joined(Node::Kind::best, std::move(stems)));
    if (folded.size() >= 2 && folded.size() <= 8 && !is_stop_word(folded))
      forms.push_back(term_node(term(prefix::initials, folded), weights::title_initials));
    return joined(Node::Kind::any, std::move(forms));
  }

  static void add_bigrams(Plan& out, const std::vector<Clause>& wanted) {
    const std::string* before = nullptr;
    for (const auto& clause : wanted) {
      if (clause.alternatives.size() != 1) continue;
      const auto& word = clause.alternatives.front().words.front();
      if (is_stop_word(word)) continue;
      if (before) out.bonus.push_back(term_node(term(prefix::bigram, *before + ' ' + word), weights::title_bigram));
      before = &word;
    }
  }

  const std::vector<std::string>& languages_;
  Stemmer& stemmer_;
};

Xapian::Query query_of(const Node& node) {
  if (node.kind == Node::Kind::term) {
    const Xapian::Query leaf(node.term);
    return node.weight == 1 ? leaf : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, leaf, node.weight);
  }
  std::vector<Xapian::Query> children;
  for (const auto& child : node.children) children.push_back(query_of(child));
  const auto op = node.kind == Node::Kind::any    ? Xapian::Query::OP_OR
                  : node.kind == Node::Kind::best ? Xapian::Query::OP_MAX
                                                  : Xapian::Query::OP_AND;
  return {op, children.begin(), children.end()};
}

}  // namespace

Plan plan(const QueryText& text, const std::vector<std::string>& languages, Stemmer& stemmer) {
  return Planner(languages, stemmer).plan(text);
}

Xapian::Query ranked_query(const Plan& plan) {
  auto query = query_of(*plan.must);
  if (plan.must_not) query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, query_of(*plan.must_not));
  std::vector<Xapian::Query> bonus;
  for (const auto& node : plan.bonus) bonus.push_back(query_of(node));
  for (const auto& phrase : plan.phrases) {
    std::vector<Xapian::Query> words;
    for (const auto& word : phrase) words.emplace_back(term(prefix::title, word));
    bonus.emplace_back(Xapian::Query::OP_SCALE_WEIGHT,
                       Xapian::Query(Xapian::Query::OP_PHRASE, words.begin(), words.end(), static_cast<unsigned>(words.size())),
                       weights::title_phrase);
  }
  if (bonus.empty()) return query;
  return {Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(Xapian::Query::OP_OR, bonus.begin(), bonus.end())};
}

}  // namespace moisson::index
