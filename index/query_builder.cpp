#include "index/query_builder.h"

#include "index/names.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t most_synonyms = 12;
constexpr std::size_t shortest_stemmed = 4;  // bytes
constexpr std::size_t shortest_joined = 6;   // bytes: shorter words are seldom two

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
    out.dates = text.dates;
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
    out.each = wanted;
    out.bonus = std::move(stop_words);
    std::vector<std::string> side_by_side;
    for (const auto& clause : text.wanted)
      if (clause.alternatives.size() == 1 && clause.alternatives.front().kind == Atom::Kind::word)
        side_by_side.push_back(clause.alternatives.front().words.front());
    add_bigrams(out, side_by_side, weights_.title_bigram);
    add_name(out, side_by_side);
    if (!wanted.empty()) {
      add_other_spellings(out, wanted, side_by_side);
      add_synonyms(out, wanted, side_by_side);
    }
    for (const auto& clause : text.required) required.push_back(node(clause));
    out.required = required;
    auto titles = std::move(in_titles_);
    for (const auto& clause : text.excluded) excluded.push_back(node(clause));
    in_titles_ = std::move(titles);  // what is excluded scores nothing
    for (auto& node : in_titles_) out.bonus.push_back(std::move(node));
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
      case Atom::Kind::beginning:
        return {Node::Kind::beginning, atom.words.front(), 0, {}};
      case Atom::Kind::value:
        return term_node(term(row(*atom.field).prefix, atom.value), 0);
      case Atom::Kind::phrase:
        for (const auto& each : atom.words) parts.push_back(word(each));
        for_pairs(atom.words, [&](const auto& a, const auto& b) {
          parts.push_back({Node::Kind::pair, {}, 0, {}, pair_number(a, b)});
        });
        break;
      case Atom::Kind::title:
        for (const auto& each : atom.words) parts.push_back(term_node(term(prefix::title, each), weights_.exact));
        break;
    }
    return joined(Node::Kind::all, std::move(parts));
  }

  // The exact form and the stem both score: a record with the very word stands before one with a relative of it.
  Node word(const std::string& folded) {
    std::vector<Node> stems, title_stems;
    for (auto& stem : stemmer_.stems(languages_, folded)) {
      title_stems.push_back(term_node(term(prefix::title_stem, stem), weights_.title_stem));
      stems.push_back(term_node(term(prefix::stem, stem), weights_.stem));
    }
    if (!is_stop_word(folded)) {
      in_titles_.push_back(term_node(term(prefix::title, folded), weights_.title));
      if (!title_stems.empty()) in_titles_.push_back(joined(Node::Kind::best, std::move(title_stems)));
    }
    std::vector<Node> forms{term_node(term(prefix::exact, folded), weights_.exact)};
    if (!stems.empty()) forms.push_back(joined(Node::Kind::best, std::move(stems)));
    if (folded.size() >= 2 && folded.size() <= 8 && !is_stop_word(folded))
      forms.push_back(term_node(term(prefix::initials, folded), weights_.title_initials));
    if (folded.size() >= shortest_joined) forms.push_back(term_node(term(prefix::joined, folded), weights_.joined));
    return joined(Node::Kind::any, std::move(forms));
  }

  // "open damir" is written "opendamir" too, and "répertoire national des associations" is the RNA.
  void add_other_spellings(Plan& out, std::vector<Node>& wanted, const std::vector<std::string>& words) const {
    const std::string* before = nullptr;
    std::string initials;
    for (const auto& word : words) {
      if (is_stop_word(word)) continue;
      initials += word.front();
      if (before && before->size() + word.size() >= shortest_joined) {
        wanted.push_back(term_node(term(prefix::exact, *before + word), weights_.joined));
        for (const auto* part : {before, &word})
          if (auto* stands = find_word(out, *part)) stands->children.push_back(wanted.back());
      }
      before = &word;
    }
    if (initials.size() < 3 || initials.size() > 8) return;
    wanted.push_back(term_node(term(prefix::exact, initials), weights_.acronym));
    for (const auto& word : words)
      if (auto* stands = find_word(out, word)) stands->children.push_back(wanted.back());
  }

  // The whole question is what a record is called.
  void add_name(Plan& out, const std::vector<std::string>& words) const {
    const auto content = content_of(words);
    if (!content.empty()) out.bonus.push_back(term_node(term(prefix::name, name_key(content)), weights_.name));
  }

  // What the synonyms say instead of some of the words must be there as a whole to count, and all of it weighs together what
  // the words that it stands for would.
  void add_synonyms(Plan& out, std::vector<Node>& wanted, const std::vector<std::string>& words) {
    if (weights_.synonym <= 0) return;
    const auto content = content_of(words);
    for (const auto& match : Synonyms::shipped().find(content)) {
      const double said = static_cast<double>(match.end - match.begin);
      for (std::size_t i = 0; i < match.group->size(); ++i) {
        if (i == match.said || out.also.size() >= most_synonyms) continue;
        const auto& other = (*match.group)[i];
        if (std::find(out.also.begin(), out.also.end(), &other) != out.also.end()) continue;
        out.also.push_back(&other);
        const double weight = weights_.synonym * said / static_cast<double>(other.words.size());
        std::vector<Node> parts;
        for (const auto& each : other.words) parts.push_back(form(each, weight));
        auto whole = joined(Node::Kind::all, std::move(parts));
        for (auto word = match.begin; word < match.end; ++word)
          if (auto* stands = find_word(out, content[word])) stands->children.push_back(whole);
        wanted.push_back(std::move(whole));
        const double share = said / static_cast<double>(content.size());
        out.bonus.push_back(
            term_node(term(prefix::name, name_key(other.words)), weights_.synonym * weights_.name * share));
      }
    }
  }

  // What finds `folded` among what is wanted, ready to take alternatives; nullptr: it is not there alone.
  static Node* find_word(Plan& out, const std::string& folded) {
    for (auto& each : out.each) {
      auto* first = &each;
      while (first->kind == Node::Kind::any && !first->children.empty()) first = &first->children.front();
      if (first->kind != Node::Kind::term || first->term != folded) continue;
      if (each.kind != Node::Kind::any) each = {Node::Kind::any, {}, 1, {each}};
      return &each;
    }
    return nullptr;
  }

  // A word of a synonym, by its stems; a short one (most are acronyms) as it is.
  Node form(const std::string& folded, double weight) {
    if (folded.size() <= shortest_stemmed)
      return term_node(term(prefix::exact, folded), weight * (weights_.exact + weights_.stem));
    std::vector<Node> stems;
    for (auto& stem : stemmer_.stems(languages_, folded))
      stems.push_back(term_node(term(prefix::stem, stem), weight * (weights_.exact + weights_.stem)));
    if (stems.empty()) return term_node(term(prefix::exact, folded), weight * (weights_.exact + weights_.stem));
    return joined(Node::Kind::best, std::move(stems));
  }

  static std::vector<std::string> content_of(const std::vector<std::string>& words) {
    std::vector<std::string> content;
    for (const auto& word : words)
      if (!is_stop_word(word)) content.push_back(word);
    return content;
  }

  // Words side by side; stop words between them do not part them.
  template <class Each>
  static void for_pairs(const std::vector<std::string>& words, Each each) {
    const std::string* before = nullptr;
    for (const auto& word : words) {
      if (is_stop_word(word)) continue;
      if (before) each(*before, word);
      before = &word;
    }
  }

  void add_bigrams(Plan& out, const std::vector<std::string>& words, double weight) const {
    for_pairs(words, [&](const auto& a, const auto& b) {
      out.bonus.push_back(term_node(term(prefix::bigram, a + ' ' + b), weight));
    });
  }

  const std::vector<std::string>& languages_;
  Stemmer& stemmer_;
  const Weights& weights_;
  std::vector<Node> in_titles_;  // the words met so far, as words of titles
};

}  // namespace

Plan plan(const QueryText& text, const std::vector<std::string>& languages, Stemmer& stemmer, const Weights& weights) {
  return Planner(languages, stemmer, weights).plan(text);
}

}  // namespace moisson::index
