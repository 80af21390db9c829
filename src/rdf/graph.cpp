#include "rdf/graph.h"

#include "core/text.h"
#include "rdf/iri.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace moisson::rdf {
namespace {

Error cap(std::string message) { return Error{ErrorCode::too_large, std::move(message), "", ""}; }

// Counting sort, stable: where those of each key below `keys` begin in the sorted order, and one more for the end.
template <class Key>
std::vector<std::uint32_t> starts(std::size_t keys, std::size_t count, Key key) {
  std::vector<std::uint32_t> out(keys + 1);
  for (std::size_t i = 0; i < count; ++i) ++out[key(i) + 1];
  std::partial_sum(out.begin(), out.end(), out.begin());
  return out;
}

}  // namespace

std::size_t Graph::bytes() const {
  constexpr std::size_t of_triple = 2 * sizeof(Triple);  // index() sorts into a second array; the links take less
  return terms_->bytes() + terms_->size() * sizeof(std::uint32_t) + triples_.size() * of_triple;
}

Result<TermId> Graph::intern(const TermView& term) {
  const std::size_t others = bytes() - terms_->bytes();
  auto id = terms_->intern(term, limits_.bytes - std::min(others, limits_.bytes));
  return id ? id : cap("the graph passes its cap of " + std::to_string(limits_.bytes >> 20) + " MiB");
}

Result<void> Graph::add(const Triple& triple) {
  if (triples_.size() >= limits_.triples) {
    return cap("the graph passes its cap of " + std::to_string(limits_.triples) + " triples");
  }
  in_a_row_ = triples_.empty() || triples_.back().subject != triple.subject ? 1 : in_a_row_ + 1;
  if (in_a_row_ > limits_.in_a_row) {
    return cap("more than " + std::to_string(limits_.in_a_row) + " triples in a row are about <" +
               std::string(cut(term(triple.subject).text, 200)) + ">");
  }
  triples_.push_back(triple);
  return {};
}

void Graph::index() {
  // By subject, then each subject's few among themselves.
  std::vector<std::uint32_t> ends =
      starts(terms_->size(), triples_.size(), [this](std::size_t i) { return triples_[i].subject; });
  std::vector<Triple> grouped(triples_.size());
  for (const Triple& triple : triples_) grouped[ends[triple.subject]++] = triple;
  subjects_ = std::move(ends);  // of each subject: now where the next one's begin
  auto kept = grouped.begin();
  for (std::uint32_t begin = 0; std::uint32_t & place : subjects_) {
    const auto first = grouped.begin() + begin, last = grouped.begin() + place;
    begin = place;
    place = static_cast<std::uint32_t>(kept - grouped.begin());
    std::sort(first, last);
    kept = std::move(first, std::unique(first, last), kept);
  }
  grouped.erase(kept, grouped.end());
  triples_ = std::move(grouped);
  in_a_row_ = 0;

  // By predicate, object, subject: stably by object and then by predicate what is in the order of subjects.
  const auto sort = [this](const std::vector<std::uint32_t>& positions, TermId Triple::*part) {
    std::vector<std::uint32_t> next =
        starts(terms_->size(), positions.size(), [&](std::size_t i) { return triples_[i].*part; });
    std::vector<std::uint32_t> out(positions.size());
    for (const std::uint32_t position : positions) out[next[triples_[position].*part]++] = position;
    return out;
  };
  links_.resize(triples_.size());
  std::iota(links_.begin(), links_.end(), 0);
  links_ = sort(links_, &Triple::object);
  links_ = sort(links_, &Triple::predicate);
}

Graph Graph::excerpt(std::vector<Triple> triples) const {
  std::ranges::stable_sort(triples, [](const Triple& a, const Triple& b) {
    return std::pair(a.subject, a.predicate) < std::pair(b.subject, b.predicate);
  });
  Graph out(limits_, terms_);
  out.triples_ = std::move(triples);
  return out;
}

std::span<const Triple> Graph::about(TermId subject) const {
  if (subjects_.empty()) {
    const auto first = std::ranges::lower_bound(triples_, subject, {}, &Triple::subject);
    return {first, std::ranges::upper_bound(first, triples_.end(), subject, {}, &Triple::subject)};
  }
  if (subject >= subjects_.size() - 1) return {};
  return {triples_.begin() + subjects_[subject], triples_.begin() + subjects_[subject + 1]};
}

std::span<const Triple> Graph::about(TermId subject, TermId predicate) const {
  const auto block = about(subject);
  const auto first = std::ranges::lower_bound(block, predicate, {}, &Triple::predicate);
  return {first, std::ranges::upper_bound(first, block.end(), predicate, {}, &Triple::predicate)};
}

bool Graph::contains(const Triple& triple) const {
  return std::ranges::any_of(about(triple.subject, triple.predicate),
                             [&](const Triple& known) { return known.object == triple.object; });
}

std::vector<TermId> Graph::predicates() const {
  std::vector<TermId> out;
  for (auto next = links_.begin(); next != links_.end();) {
    out.push_back(triples_[*next].predicate);
    next = std::upper_bound(next, links_.end(), out.back(), [this](TermId last, std::uint32_t position) {
      return last < triples_[position].predicate;
    });
  }
  return out;
}

std::span<const std::uint32_t> Graph::with(TermId predicate) const {
  const auto key = [this](std::uint32_t position) { return triples_[position].predicate; };
  auto first = std::lower_bound(links_.begin(), links_.end(), predicate,
                                [&](std::uint32_t position, TermId wanted) { return key(position) < wanted; });
  auto last = std::upper_bound(first, links_.end(), predicate,
                               [&](TermId wanted, std::uint32_t position) { return wanted < key(position); });
  return {first, last};
}

std::span<const std::uint32_t> Graph::with(TermId predicate, TermId object) const {
  const std::pair wanted{predicate, object};
  const auto key = [this](std::uint32_t position) {
    return std::pair{triples_[position].predicate, triples_[position].object};
  };
  auto first = std::lower_bound(links_.begin(), links_.end(), wanted,
                                [&](std::uint32_t position, const auto& value) { return key(position) < value; });
  auto last = std::upper_bound(first, links_.end(), wanted,
                               [&](const auto& value, std::uint32_t position) { return value < key(position); });
  return {first, last};
}

GraphLoader::GraphLoader(Graph& graph) : graph_(graph), prefix_(std::to_string(graph.documents_++) + ".") {}

// What the graph knows needs no mending: it would have been mended before.
Result<TermId> GraphLoader::intern_iri(std::string_view text) {
  if (const TermId known = graph_.find_iri(text); known != no_term) return known;
  return graph_.intern(iri(mend_iri(text, scratch_)));
}

Result<TermId> GraphLoader::intern(const TermView& term, TermId again) {
  // Documents say many things about one subject in a row.
  if (term.is_iri()) return again != no_term && graph_.term(again) == term ? again : intern_iri(term.text);
  if (term.is_literal()) return graph_.intern(literal(term.text, mend_iri(term.datatype, scratch_), term.language));
  scratch_.assign(prefix_).append(term.text);
  return graph_.intern(blank(scratch_));
}

Result<void> GraphLoader::triple(const TermView& subject, const TermView& predicate, const TermView& object) {
  auto s = intern(subject, last_.subject);
  if (!s) return s.error();
  auto p = intern(predicate, last_.predicate);
  if (!p) return p.error();
  auto o = intern(object, no_term);
  if (!o) return o.error();
  last_ = {*s, *p, *o};
  return graph_.add(last_);
}

void GraphLoader::broke(Error&& error, bool begun) {
  broken_.push_back({begun ? last_.subject : no_term, std::move(error)});
}

TermId GraphLoader::blank_node(std::string_view label) const {
  return graph_.find(blank(prefix_ + std::string(label)));
}

}  // namespace moisson::rdf
