// The catalog as linked data, DCAT-AP 3: ours is a dcat:Catalog, each source one inside it, and each record has a
// dcat:CatalogRecord that tells when it changed here and where it was harvested. One thread; the sink outlives it.
#pragma once

#include "api/context.h"
#include "rdf/term.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/dcat/record.h>

#include <string>

namespace moisson::api {

class CatalogGraph {
 public:
  CatalogGraph(const Context& context, rdf::TripleSink& sink) : context_(context), sink_(sink) {}

  static std::string catalog_iri(const Context& context);

  // Each gives the sink's error.
  Result<void> catalog();
  Result<void> source(const store::SourceStatus& status);
  // The record's place in both catalogs, and its dcat:CatalogRecord; the record itself is written by record_graph.h.
  Result<void> member(const store::StoredRecord& stored, const dcat::Record& record, const std::string& iri);
  Result<void> catalog_record(const store::StoredRecord& stored, const std::string& iri);

 private:
  Result<void> give(const std::string& subject, std::string_view predicate, const rdf::TermView& object);

  const Context& context_;
  rdf::TripleSink& sink_;
};

}  // namespace moisson::api
