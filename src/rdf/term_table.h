// TermTable: terms of RDF, numbered in the order of their first appearance: each string once in an arena, each term 16
// bytes and a slot. One thread while it is filled; thread-safe for reading after. Views live as long as the table.
#pragma once

#include "rdf/term.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace moisson::rdf {

using TermId = std::uint32_t;
inline constexpr TermId no_term = 0xffffffff;

class TermTable {
 public:
  // The id of a term, new or known. too_large: it would hold more than `max_bytes`.
  Result<TermId> intern(const TermView& term, std::size_t max_bytes);
  TermId find(const TermView& term) const;  // no_term: unknown

  TermView term(TermId id) const {
    const Entry& entry = entries_[id];
    TermView view{static_cast<TermKind>(entry.kind), {entry.data, entry.size}, {}, {}};
    if (entry.tag != no_tag) {
      const Entry& tag = entries_[entry.tag];
      (tag.kind == language_kind ? view.language : view.datatype) = {tag.data, tag.size};
    }
    return view;
  }

  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const;  // held now

 private:
  struct Entry {
    const char* data;
    std::uint32_t size;
    std::uint32_t kind : 2;  // a TermKind, or 3: a language tag, which is no term of RDF
    std::uint32_t tag : 30;  // entry of the datatype or language; no_tag: none
  };
  static constexpr std::uint32_t no_tag = (1U << 30) - 1;
  static constexpr std::uint32_t language_kind = 3;

  // Open addressing: the low bits of the hash say where to begin, the others tell most terms apart without looking at them.
  struct Slot {
    std::uint32_t entry = 0;  // its number + 1; 0: empty
    std::uint32_t hash = 0;
  };

  std::uint32_t lookup(std::uint32_t kind, std::string_view text, std::uint32_t tag) const;
  Result<std::uint32_t> insert(std::uint32_t kind, std::string_view text, std::uint32_t tag, std::size_t max_bytes);
  // The slot of this term, or the empty one where it belongs. There are slots.
  std::size_t probe(std::uint32_t hash, std::uint32_t kind, std::string_view text, std::uint32_t tag) const;
  const char* keep(std::string_view text);
  void grow();

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::size_t chunk_bytes_ = 4096;
  std::size_t arena_bytes_ = 0;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;
};

}  // namespace moisson::rdf
