// From records to triples, by the property tables of moisson/dcat/properties.h: DCAT-AP 3. Pure; thread-safe.
#pragma once

#include <moisson/dcat/record.h>

#include "rdf/term.h"

#include <string>
#include <string_view>

namespace moisson::rdf {

// Writes records into `sink`, which outlives it; blank nodes are numbered through all records of one writer.
class RecordWriter {
 public:
  explicit RecordWriter(TripleSink& sink, std::string_view blank_prefix = "r")
      : sink_(sink), blank_prefix_(blank_prefix) {}

  // `iri` names the subject where the record has none of its own. The sink's error.
  Result<void> record(const dcat::Record& record, std::string_view iri);
  Result<void> catalog(const dcat::Catalog& catalog, std::string_view iri);

 private:
  template <class Class>
  Result<void> described(std::string_view iri, const Class& value);

  TripleSink& sink_;
  std::string blank_prefix_;
  std::uint64_t blanks_ = 0;
};

// The property that links a catalog to a record: dcat:dataset, dcat:service; a series is a data set too (DCAT 3 §6.7).
std::string_view membership(dcat::ResourceType type);

}  // namespace moisson::rdf
