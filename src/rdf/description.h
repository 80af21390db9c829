// The part of a graph that is one record: its triples, the blank nodes that it holds, and the distributions, agents,
// contacts, places and terms that the page describes, but no other record. Its N-Triples are the raw source. Pure.
#pragma once

#include "rdf/record_reader.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace moisson::rdf {

struct Description {
  std::vector<Triple> triples;
  std::vector<TermId> missing;  // distributions and blank nodes that the record points to and the page says nothing of
  bool cut = false;             // it passed a cap; the rest is left out
};

inline constexpr std::size_t max_description_triples = 100'000;
inline constexpr std::size_t max_description_bytes = std::size_t{16} << 20;  // of the objects' texts

// Describes the records of one page, one after the other. The reader outlives it. One thread.
class Describer {
 public:
  explicit Describer(const RecordReader& reader);
  Description describe(TermId subject);

 private:
  // How far to follow an IRI that stands as the object of a property.
  enum class Follow : std::uint8_t { whole, term };

  const RecordReader& reader_;
  std::unordered_map<TermId, Follow> follow_;  // by predicate
  std::vector<std::uint32_t> met_;             // by node: the description that met it last
  std::uint32_t count_ = 0;                    // of descriptions
};

}  // namespace moisson::rdf
