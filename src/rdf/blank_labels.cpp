#include "rdf/blank_labels.h"

#include "core/hash.h"
#include "rdf/language_tag.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

namespace moisson::rdf {
namespace {

// Beyond this many nodes equal ones are told apart by their order in the page.
constexpr std::size_t max_split = 512;

// Looks at a triple, in all rounds: a list of 10,000 members takes a round for each.
constexpr std::size_t max_looks = 5'000'000;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// As it is written: labels are of the document, not of the graph, which keeps tags that no syntax can write.
std::uint64_t hash_term(const TermView& term) {
  const std::uint64_t text = mix(quick_hash64(term.text), static_cast<std::uint64_t>(term.kind));
  std::string mended;
  const std::string_view language = mend_language(term.language, mended);
  if (term.datatype.empty() && language.empty()) return text;
  return mix(text, mix(quick_hash64(term.datatype), quick_hash64(language)));
}

class Refinement {
 public:
  Refinement(const Graph& graph, std::span<const Triple> triples) : graph_(graph) {
    nodes_.reserve(triples.size());
    for (const Triple& triple : triples) {
      for (const TermId id : {triple.subject, triple.object})
        if (graph.term(id).is_blank()) nodes_.push_back(id);
    }
    std::sort(nodes_.begin(), nodes_.end());
    nodes_.erase(std::unique(nodes_.begin(), nodes_.end()), nodes_.end());
    if (nodes_.size() < 2) return;
    colours_.assign(nodes_.size(), 1);
    order_.resize(nodes_.size());
    std::iota(order_.begin(), order_.end(), 0);
    links_.reserve(triples.size());
    bool mended = false;
    for (const Triple& triple : triples) {
      const End subject = end(triple.subject), object = end(triple.object);
      if (subject.node != none || object.node != none)
        links_.push_back({subject, object, hash_term(graph.term(triple.predicate))});
      const std::string_view language = graph.term(triple.object).language;
      mended = mended || (!language.empty() && !is_language_tag(language));
    }
    if (!mended) return;
    // Two literals may be one where they are written.
    std::ranges::sort(links_);
    links_.erase(std::unique(links_.begin(), links_.end()), links_.end());
  }

  std::unordered_map<TermId, std::string> labels() {
    if (nodes_.empty()) return {};
    if (nodes_.size() == 1) return {{nodes_.front(), "b0"}};
    refine();
    for (std::uint64_t split = 1; split <= max_split && looks_ < max_looks && distinct() < nodes_.size(); ++split) {
      // The first of the smallest colour that several nodes share becomes its own.
      const auto twin = std::adjacent_find(order_.begin(), order_.end(),
                                           [this](Node a, Node b) { return colours_[a] == colours_[b]; });
      colours_[*twin] = mix(colours_[*twin], split);
      refine();
    }
    distinct();
    std::unordered_map<TermId, std::string> out;
    for (std::size_t i = 0; i < order_.size(); ++i) out.emplace(nodes_[order_[i]], "b" + std::to_string(i));
    return out;
  }

 private:
  using Node = std::uint32_t;  // into nodes_
  static constexpr Node none = 0xffffffff;

  // Of a triple: a blank node, or what any other term counts for.
  struct End {
    Node node = none;
    std::uint64_t value = 0;
    auto operator<=>(const End&) const = default;
  };
  struct Link {
    End subject, object;
    std::uint64_t predicate;
    auto operator<=>(const Link&) const = default;
  };

  End end(TermId id) const {
    const TermView term = graph_.term(id);
    if (!term.is_blank()) return {none, hash_term(term)};
    return {static_cast<Node>(std::lower_bound(nodes_.begin(), nodes_.end(), id) - nodes_.begin()), 0};
  }

  // Sorts by colour, and counts the colours.
  std::size_t distinct() {
    std::sort(order_.begin(), order_.end(),
              [this](Node a, Node b) { return colours_[a] != colours_[b] ? colours_[a] < colours_[b] : a < b; });
    std::size_t count = 1;
    for (std::size_t i = 1; i < order_.size(); ++i) count += colours_[order_[i]] != colours_[order_[i - 1]];
    return count;
  }

  std::uint64_t value(const End& end) const { return end.node == none ? end.value : colours_[end.node]; }

  void refine() {
    for (std::size_t before = 0, now = distinct(); now > before && looks_ < max_looks;) {
      looks_ += links_.size();
      std::vector<std::uint64_t> next = colours_;
      for (const Link& link : links_) {
        // Sums, because the order of triples means nothing.
        if (link.subject.node != none) next[link.subject.node] += mix(link.predicate, value(link.object));
        if (link.object.node != none) next[link.object.node] += mix(link.predicate * 3 + 1, value(link.subject));
      }
      for (std::uint64_t& colour : next) colour = mix(colour, 0x5851f42d4c957f2dULL);
      colours_ = std::move(next);
      before = now;
      now = distinct();
    }
  }

  const Graph& graph_;
  std::vector<TermId> nodes_;           // the blank nodes, by id
  std::vector<std::uint64_t> colours_;  // of each
  std::vector<Node> order_;             // by colour
  std::size_t looks_ = 0;
  std::vector<Link> links_;  // the triples that say something of a blank node
};

}  // namespace

std::unordered_map<TermId, std::string> blank_labels(const Graph& graph, std::span<const Triple> triples) {
  return Refinement(graph, triples).labels();
}

}  // namespace moisson::rdf
