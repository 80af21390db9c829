// RecordReader: from a graph to the records that it describes, by the property tables of moisson/dcat/properties.h.
// What cannot be read becomes a finding, never an error. Thread-safe; the graph is indexed and outlives the reader.
#pragma once

#include <moisson/dcat/finding.h>
#include <moisson/dcat/record.h>

#include "rdf/graph.h"
#include "rdf/predicates.h"

#include <optional>
#include <string>
#include <vector>

namespace moisson::rdf {

struct Described {
  dcat::Record record;
  std::vector<dcat::Finding> findings;  // at most 100
};

class RecordReader {
 public:
  static constexpr std::size_t max_text_bytes = std::size_t{256}
                                                << 10;  // of one literal; the rest is cut, with a finding
  static constexpr std::size_t max_values = 10'000;     // of one property; the rest is left, with a finding

  explicit RecordReader(const Graph& graph);
  // Of an excerpt of the graph that `whole` reads.
  RecordReader(const Graph& excerpt, const RecordReader& whole);

  // What `subject` is by its rdf:type; nothing where it is no record. A series is more than a data set, unless it has
  // distributions; a catalog is none.
  std::optional<dcat::ResourceType> type(TermId subject) const;
  bool has_type(TermId subject, TermId class_id) const { return graph_.contains({subject, type_, class_id}); }
  bool has_distribution(TermId subject) const { return !graph_.about(subject, distribution_).empty(); }
  bool is_catalog(TermId subject) const { return has_type(subject, catalog_); }

  // `used`: set for each triple, by its position in graph().triples(), of which a value was taken; may be absent.
  Described record(TermId subject, dcat::ResourceType type, std::vector<bool>* used = nullptr) const;
  dcat::Catalog catalog(TermId subject) const;
  LangStrings title(TermId subject) const;

  const Graph& graph() const { return graph_; }
  const Predicates& predicates() const { return predicates_; }

 private:
  const Graph& graph_;
  Predicates predicates_;
  TermId type_, distribution_;
  TermId catalog_, series_, dataset_, service_;  // classes
};

// "<iri>" or "_:label": how findings and pointers name a subject.
std::string subject_text(const Graph& graph, TermId subject);

}  // namespace moisson::rdf
