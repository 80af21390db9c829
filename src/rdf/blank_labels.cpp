#include "rdf/blank_labels.h"

#include "core/hash.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace moisson::rdf {
namespace {

// Beyond this many nodes equal ones are told apart by their order in the page.
constexpr std::size_t max_split = 512;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t hash_term(const TermView& term) {
  return mix(mix(hash64(term.text), hash64(term.datatype)),
             mix(hash64(term.language), static_cast<std::uint64_t>(term.kind)));
}

class Refinement {
 public:
  Refinement(const Graph& graph, std::span<const Triple> triples) : graph_(graph), triples_(triples) {
    for (const Triple& triple : triples) {
      for (TermId id : {triple.subject, triple.object}) {
        if (graph.term(id).is_blank() && colour_.emplace(id, 1).second) nodes_.push_back(id);
      }
    }
    std::sort(nodes_.begin(), nodes_.end());
    fixed_.reserve(triples.size());
    for (const Triple& triple : triples) fixed_.push_back(hash_term(graph.term(triple.predicate)));
  }

  std::unordered_map<TermId, std::string> labels() {
    if (nodes_.empty()) return {};
    refine();
    for (std::uint64_t split = 1; split <= max_split && distinct() < nodes_.size(); ++split) {
      // The first of the smallest colour that several nodes share becomes its own.
      sort();
      const auto twin = std::adjacent_find(nodes_.begin(), nodes_.end(),
                                           [this](TermId a, TermId b) { return colour_[a] == colour_[b]; });
      colour_[*twin] = mix(colour_[*twin], split);
      refine();
    }
    sort();
    std::unordered_map<TermId, std::string> out;
    for (std::size_t i = 0; i < nodes_.size(); ++i) out.emplace(nodes_[i], "b" + std::to_string(i));
    return out;
  }

 private:
  void sort() {
    std::sort(nodes_.begin(), nodes_.end(), [this](TermId a, TermId b) {
      const auto x = colour_[a], y = colour_[b];
      return x != y ? x < y : a < b;
    });
  }

  std::size_t distinct() {
    sort();
    std::size_t count = nodes_.empty() ? 0 : 1;
    for (std::size_t i = 1; i < nodes_.size(); ++i) count += colour_[nodes_[i]] != colour_[nodes_[i - 1]];
    return count;
  }

  std::uint64_t value(TermId id) {
    const auto found = colour_.find(id);
    return found == colour_.end() ? hash_term(graph_.term(id)) : found->second;
  }

  void refine() {
    for (std::size_t before = 0, now = distinct(); now > before && now <= nodes_.size();) {
      std::unordered_map<TermId, std::uint64_t> next = colour_;
      for (std::size_t i = 0; i < triples_.size(); ++i) {
        const Triple& triple = triples_[i];
        // Sums, because the order of triples means nothing.
        if (auto found = next.find(triple.subject); found != next.end())
          found->second += mix(fixed_[i], value(triple.object));
        if (auto found = next.find(triple.object); found != next.end()) {
          found->second += mix(fixed_[i] * 3 + 1, value(triple.subject));
        }
      }
      for (auto& [id, colour] : next) colour = mix(colour, 0x5851f42d4c957f2dULL);
      colour_ = std::move(next);
      before = now;
      now = distinct();
      if (now == nodes_.size() && before == now) break;
    }
  }

  const Graph& graph_;
  std::span<const Triple> triples_;
  std::vector<std::uint64_t> fixed_;
  std::vector<TermId> nodes_;
  std::unordered_map<TermId, std::uint64_t> colour_;
};

}  // namespace

std::unordered_map<TermId, std::string> blank_labels(const Graph& graph, std::span<const Triple> triples) {
  return Refinement(graph, triples).labels();
}

}  // namespace moisson::rdf
