// Graph: the triples of one page, held compactly: a table of its terms, 12 bytes a triple, indexes by counting. Fill it
// (GraphLoader), call index(), then look things up. One thread at a time while it is filled; thread-safe for reading
// after index(). Views and spans live as long as the graph and until the next fill.
#pragma once

#include "rdf/term_table.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::rdf {

struct Triple {
  TermId subject = no_term;
  TermId predicate = no_term;
  TermId object = no_term;
  auto operator<=>(const Triple&) const = default;
};

struct GraphLimits {
  std::size_t bytes = std::size_t{768} << 20;  // strings, terms, triples and what indexing them takes
  std::size_t triples = 20'000'000;
  // About one subject; a catalog's links to its data sets pass it after a file of 1 GB.
  std::size_t in_a_row = 1'000'000;
};

class Graph {
 public:
  explicit Graph(GraphLimits limits = {}) : Graph(limits, std::make_shared<TermTable>()) {}
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
  std::size_t terms() const { return terms_->size(); }
  std::size_t bytes() const;  // held now, and taken by the next index()
  TermView term(TermId id) const { return terms_->term(id); }
  TermId find(const TermView& term) const { return terms_->find(term); }  // no_term: the graph does not know it
  TermId find_iri(std::string_view text) const { return find(iri(text)); }

  // Some of the triples as a graph of their own, which shares the terms and is ready to be read, by subject and predicate
  // alone: no predicates(), no with(). Of one subject and predicate they keep the order that they are given in.
  Graph excerpt(std::vector<Triple> triples) const;

  // After index(). Sorted by subject, predicate, object; ids make that document order within a predicate.
  std::span<const Triple> triples() const { return triples_; }
  std::span<const Triple> about(TermId subject) const;
  std::span<const Triple> about(TermId subject, TermId predicate) const;
  bool contains(const Triple& triple) const;
  std::vector<TermId> predicates() const;  // each once, by id
  // Positions in triples(), sorted by predicate, object, subject.
  std::span<const std::uint32_t> with(TermId predicate) const;
  std::span<const std::uint32_t> with(TermId predicate, TermId object) const;

 private:
  friend class GraphLoader;
  Graph(GraphLimits limits, std::shared_ptr<TermTable> terms) : limits_(limits), terms_(std::move(terms)) {}

  GraphLimits limits_;
  std::shared_ptr<TermTable> terms_;
  std::vector<Triple> triples_;
  std::size_t in_a_row_ = 0;             // triples at the end about the same subject
  std::vector<std::uint32_t> subjects_;  // where the triples about each term begin, and the end; none: an excerpt
  std::vector<std::uint32_t> links_;
  std::uint32_t documents_ = 0;
};

// Puts the triples of one document into a graph. Blank nodes belong to their document (RDF 1.1 §3.4): label "x" of
// the n-th document of a graph becomes "n.x", so that two pages never share one. IRIs are mended (iri.h), language
// tags kept as they came: mapping tells of those that are none. The graph outlives the loader.
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
  Result<TermId> intern_iri(std::string_view text);

  Graph& graph_;
  std::string prefix_;
  std::string scratch_;
  std::vector<Broken> broken_;
  Triple last_;
};

}  // namespace moisson::rdf
