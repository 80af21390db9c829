#include "rdf/term_table.h"

#include "core/hash.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <utility>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_chunk_bytes = std::size_t{1} << 20;
constexpr std::string_view xsd_string = "http://www.w3.org/2001/XMLSchema#string";
constexpr std::string_view rdf_lang_string = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

// No portal can prepare terms for one slot.
const std::uint64_t seed = std::uint64_t{std::random_device{}()} << 32 | std::random_device{}();

std::uint32_t hash_entry(std::uint32_t kind, std::string_view text, std::uint32_t tag) {
  const std::uint64_t hash = quick_hash64(text, seed ^ (std::uint64_t{tag} << 2 | kind));
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

std::size_t TermTable::bytes() const {
  return arena_bytes_ + entries_.size() * sizeof(Entry) + slots_.size() * sizeof(Slot);
}

const char* TermTable::keep(std::string_view text) {
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

void TermTable::grow() {
  std::vector<Slot> slots(std::max<std::size_t>(64, slots_.size() * 2));
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.entry == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots[at].entry != 0) at = (at + 1) & mask;
    slots[at] = slot;
  }
  slots_ = std::move(slots);
}

std::size_t TermTable::probe(std::uint32_t hash, std::uint32_t kind, std::string_view text, std::uint32_t tag) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].entry != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != hash) continue;
    const Entry& entry = entries_[slots_[at].entry - 1];
    if (entry.size == text.size() && entry.kind == kind && entry.tag == tag &&
        std::memcmp(entry.data, text.data(), text.size()) == 0) {
      break;
    }
  }
  return at;
}

std::uint32_t TermTable::lookup(std::uint32_t kind, std::string_view text, std::uint32_t tag) const {
  if (slots_.empty()) return no_term;
  const std::uint32_t entry = slots_[probe(hash_entry(kind, text, tag), kind, text, tag)].entry;
  return entry == 0 ? no_term : entry - 1;
}

Result<std::uint32_t> TermTable::insert(std::uint32_t kind, std::string_view text, std::uint32_t tag,
                                        std::size_t max_bytes) {
  if ((entries_.size() + 1) * 3 > slots_.size() * 2) grow();
  const std::uint32_t hash = hash_entry(kind, text, tag);
  Slot& slot = slots_[probe(hash, kind, text, tag)];
  if (slot.entry != 0) return slot.entry - 1;
  if (entries_.size() + 1 >= no_tag || text.size() > 0xffffffff || bytes() + text.size() > max_bytes)
    return Error{ErrorCode::too_large, "the terms of the graph pass its cap", "", ""};
  entries_.push_back({keep(text), static_cast<std::uint32_t>(text.size()), kind, tag});
  slot = {static_cast<std::uint32_t>(entries_.size()), hash};
  return slot.entry - 1;
}

Result<TermId> TermTable::intern(const TermView& term, std::size_t max_bytes) {
  std::uint32_t tag = no_tag;
  if (!term.language.empty()) {
    auto language = insert(language_kind, term.language, no_tag, max_bytes);
    if (!language) return language.error();
    tag = *language;
  } else if (!term.datatype.empty() && term.datatype != xsd_string && term.datatype != rdf_lang_string) {
    auto datatype = insert(static_cast<std::uint32_t>(TermKind::iri), term.datatype, no_tag, max_bytes);
    if (!datatype) return datatype.error();
    tag = *datatype;
  }
  return insert(static_cast<std::uint32_t>(term.kind), term.text, tag, max_bytes);
}

TermId TermTable::find(const TermView& term) const {
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

}  // namespace moisson::rdf
