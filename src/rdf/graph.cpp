#include "rdf/graph.h"

#include "rdf/iri.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <tuple>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_chunk_bytes = std::size_t{1} << 20;
constexpr std::string_view xsd_string = "http://www.w3.org/2001/XMLSchema#string";
constexpr std::string_view rdf_lang_string = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

std::size_t hash_entry(std::uint32_t kind, std::string_view text, std::uint32_t tag) {
  const std::size_t mix = (std::size_t{tag} << 2 | kind) * 0x9e3779b97f4a7c15ULL;
  return std::hash<std::string_view>{}(text) ^ mix ^ (mix >> 29);
}

Error cap(std::string message) { return Error{ErrorCode::too_large, std::move(message), "", ""}; }

}  // namespace

std::size_t Graph::bytes() const {
  return arena_bytes_ + terms_.capacity() * sizeof(Entry) + slots_.capacity() * sizeof(std::uint32_t) +
         triples_.capacity() * sizeof(Triple) + links_.capacity() * sizeof(std::uint32_t);
}

const char* Graph::keep(std::string_view text) {
  if (text.size() > free_bytes_) {
    const std::size_t size = std::max(chunk_bytes_, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    arena_bytes_ += size;
    if (size > chunk_bytes_) {  // a long text has a chunk of its own; the open one stays open
      std::memcpy(chunks_.back().get(), text.data(), text.size());
      return chunks_.back().get();
    }
    free_ = chunks_.back().get();
    free_bytes_ = size;
    chunk_bytes_ = std::min(chunk_bytes_ * 2, max_chunk_bytes);
  }
  char* place = free_;
  if (!text.empty()) std::memcpy(place, text.data(), text.size());
  free_ += text.size();
  free_bytes_ -= text.size();
  return place;
}

void Graph::grow() {
  std::vector<std::uint32_t> slots(std::max<std::size_t>(64, slots_.size() * 2));
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t i = 0; i < terms_.size(); ++i) {
    const Entry& entry = terms_[i];
    std::size_t slot = hash_entry(entry.kind, {entry.data, entry.size}, entry.tag) & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = i + 1;
  }
  slots_ = std::move(slots);
}

std::uint32_t Graph::lookup(std::uint32_t kind, std::string_view text, std::uint32_t tag) const {
  if (slots_.empty()) return no_term;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash_entry(kind, text, tag) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = terms_[slots_[slot] - 1];
    if (entry.size == text.size() && entry.kind == kind && entry.tag == tag &&
        std::memcmp(entry.data, text.data(), text.size()) == 0) {
      return slots_[slot] - 1;
    }
  }
  return no_term;
}

Result<std::uint32_t> Graph::insert(std::uint32_t kind, std::string_view text, std::uint32_t tag) {
  if (const std::uint32_t known = lookup(kind, text, tag); known != no_term) return known;
  if (terms_.size() + 1 >= no_tag || text.size() > 0xffffffff || bytes() + text.size() > limits_.bytes) {
    return cap("the graph passes its cap of " + std::to_string(limits_.bytes >> 20) + " MiB");
  }
  if ((terms_.size() + 1) * 3 > slots_.size() * 2) grow();
  terms_.push_back({keep(text), static_cast<std::uint32_t>(text.size()), kind, tag});
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_entry(kind, text, tag) & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(terms_.size());
  return static_cast<std::uint32_t>(terms_.size() - 1);
}

Result<TermId> Graph::intern(const TermView& term) {
  std::uint32_t tag = no_tag;
  if (!term.language.empty()) {
    auto language = insert(language_kind, term.language, no_tag);
    if (!language) return language.error();
    tag = *language;
  } else if (!term.datatype.empty() && term.datatype != xsd_string && term.datatype != rdf_lang_string) {
    auto datatype = insert(static_cast<std::uint32_t>(TermKind::iri), term.datatype, no_tag);
    if (!datatype) return datatype.error();
    tag = *datatype;
  }
  return insert(static_cast<std::uint32_t>(term.kind), term.text, tag);
}

Result<void> Graph::add(const Triple& triple) {
  if (triples_.size() >= limits_.triples) {
    return cap("the graph passes its cap of " + std::to_string(limits_.triples) + " triples");
  }
  links_.clear();
  triples_.push_back(triple);
  return {};
}

void Graph::index() {
  std::sort(triples_.begin(), triples_.end());
  triples_.erase(std::unique(triples_.begin(), triples_.end()), triples_.end());
  links_.resize(triples_.size());
  for (std::uint32_t i = 0; i < links_.size(); ++i) links_[i] = i;
  std::sort(links_.begin(), links_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const Triple& x = triples_[a];
    const Triple& y = triples_[b];
    return std::tie(x.predicate, x.object, x.subject) < std::tie(y.predicate, y.object, y.subject);
  });
}

TermView Graph::term(TermId id) const {
  const Entry& entry = terms_[id];
  TermView view{static_cast<TermKind>(entry.kind), {entry.data, entry.size}, {}, {}};
  if (entry.tag != no_tag) {
    const Entry& tag = terms_[entry.tag];
    (tag.kind == language_kind ? view.language : view.datatype) = {tag.data, tag.size};
  }
  return view;
}

TermId Graph::find(const TermView& term) const {
  std::uint32_t tag = no_tag;
  if (!term.language.empty()) {
    tag = lookup(language_kind, term.language, no_tag);
    if (tag == no_term) return no_term;
  } else if (!term.datatype.empty() && term.datatype != xsd_string) {
    tag = lookup(static_cast<std::uint32_t>(TermKind::iri), term.datatype, no_tag);
    if (tag == no_term) return no_term;
  }
  return lookup(static_cast<std::uint32_t>(term.kind), term.text, tag);
}

std::span<const Triple> Graph::about(TermId subject) const {
  auto [first, last] = std::equal_range(triples_.begin(), triples_.end(), Triple{subject, 0, 0},
                                        [](const Triple& a, const Triple& b) { return a.subject < b.subject; });
  return {first, last};
}

std::span<const Triple> Graph::about(TermId subject, TermId predicate) const {
  auto [first, last] = std::equal_range(triples_.begin(), triples_.end(), Triple{subject, predicate, 0},
                                        [](const Triple& a, const Triple& b) {
                                          return std::tie(a.subject, a.predicate) < std::tie(b.subject, b.predicate);
                                        });
  return {first, last};
}

bool Graph::contains(const Triple& triple) const {
  return std::binary_search(triples_.begin(), triples_.end(), triple);
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

Result<TermId> GraphLoader::intern(const TermView& term, TermId again) {
  if (!term.is_blank()) {
    // Documents say many things about one subject in a row.
    if (again != no_term && term.is_iri() && graph_.term(again) == term) return again;
    if (term.is_iri()) return graph_.intern(iri(mend_iri(term.text, scratch_)));
    return graph_.intern(literal(term.text, mend_iri(term.datatype, scratch_), term.language));
  }
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
