// Graph: the triples of one page, held compactly: each string once in an arena, each term 16 bytes, each triple 12,
// indexes by sorting once. Fill it (GraphLoader), call index(), then look things up. One thread at a time while it
// is filled; thread-safe for reading after index(). Views and spans live as long as the graph and until the next fill.
#pragma once

#include "rdf/term.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::rdf {

using TermId = std::uint32_t;  // in order of first appearance
inline constexpr TermId no_term = 0xffffffff;

struct Triple {
  TermId subject = no_term;
  TermId predicate = no_term;
  TermId object = no_term;
  auto operator<=>(const Triple&) const = default;
};

struct GraphLimits {
  std::size_t bytes = std::size_t{768} << 20;  // strings, terms and triples together
  std::size_t triples = 20'000'000;
};

class Graph {
 public:
  explicit Graph(GraphLimits limits = {}) : limits_(limits) {}
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;
  Graph(Graph&&) noexcept = default;
  Graph& operator=(Graph&&) noexcept = default;

  // The id of a term, new or known. too_large beyond the cap on bytes.
  Result<TermId> intern(const TermView& term);
  // too_large beyond the caps. The index is void until the next index().
  Result<void> add(const Triple& triple);
  // Sorts, drops repeated triples, and builds the index by predicate and object.
  void index();

  std::size_t size() const { return triples_.size(); }
  std::size_t terms() const { return terms_.size(); }
  std::size_t bytes() const;  // held now
  TermView term(TermId id) const;
  TermId find(const TermView& term) const;  // no_term: the graph does not know it
  TermId find_iri(std::string_view text) const { return find(iri(text)); }

  // After index(). Sorted by subject, predicate, object; ids make that document order within a predicate.
  std::span<const Triple> triples() const { return triples_; }
  std::span<const Triple> about(TermId subject) const;
  std::span<const Triple> about(TermId subject, TermId predicate) const;
  bool contains(const Triple& triple) const;
  // Positions in triples(), sorted by predicate, object, subject.
  std::span<const std::uint32_t> with(TermId predicate) const;
  std::span<const std::uint32_t> with(TermId predicate, TermId object) const;

 private:
  friend class GraphLoader;
  struct Entry {
    const char* data;
    std::uint32_t size;
    std::uint32_t kind : 2;  // a TermKind, or 3: a language tag, which is no term of RDF
    std::uint32_t tag : 30;  // entry of the datatype or language; no_tag: none
  };
  static constexpr std::uint32_t no_tag = (1U << 30) - 1;
  static constexpr std::uint32_t language_kind = 3;

  std::uint32_t lookup(std::uint32_t kind, std::string_view text, std::uint32_t tag) const;
  Result<std::uint32_t> insert(std::uint32_t kind, std::string_view text, std::uint32_t tag);
  const char* keep(std::string_view text);
  void grow();

  GraphLimits limits_;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::size_t chunk_bytes_ = 4096;
  std::size_t arena_bytes_ = 0;
  std::vector<Entry> terms_;
  std::vector<std::uint32_t> slots_;  // open addressing: entry + 1, 0 = empty
  std::vector<Triple> triples_;
  std::vector<std::uint32_t> links_;
  std::uint32_t documents_ = 0;
};

// Puts the triples of one document into a graph. Blank nodes belong to their document (RDF 1.1 §3.4): label "x" of
// the n-th document of a graph becomes "n.x", so that two pages never share one. IRIs are mended (iri.h). The graph
// outlives the loader.
class GraphLoader final : public TripleSink {
 public:
  explicit GraphLoader(Graph& graph);
  Result<void> triple(const TermView& subject, const TermView& predicate, const TermView& object) override;
  void broke(Error&& error, bool begun) override;

  // Statements that were left alone.
  struct Broken {
    TermId subject = no_term;  // of its last triple; no_term: it had given none
    Error error;
  };
  const std::vector<Broken>& broken() const { return broken_; }

  // The graph's node for a label of this document; no_term: not met.
  TermId blank_node(std::string_view label) const;
  TermId last_subject() const { return last_.subject; }  // no_term before the first triple

 private:
  Result<TermId> intern(const TermView& term, TermId again);

  Graph& graph_;
  std::string prefix_;
  std::string scratch_;
  std::vector<Broken> broken_;
  Triple last_;
};

}  // namespace moisson::rdf
