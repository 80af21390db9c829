// A record as it leaves as linked data. What was harvested as RDF comes out in its own words, whole, the properties that
// we do not model included; what those words do not say in DCAT-AP's own spelling is filled from the canonical record.
// Every other record is its canonical form. Pure.
#pragma once

#include "links/links.h"
#include "rdf/term.h"
#include "store/store.h"

#include <moisson/core/result.h>
#include <moisson/dcat/record.h>
#include <moisson/harvest/harvested_record.h>

#include <string>

namespace moisson::api {

// What RDF calls the record: its own IRI, else the address of its page.
std::string record_iri(const dcat::Record& record, std::string_view id, const links::Links& links);

// Writes the triples about a record; labels of blank nodes are the record's own, so `sink` must be a document of its
// own (rdf/graph.h: GraphLoader). A distribution that tells only where to download it gets that as its access URL too,
// which DCAT-AP demands. The sink's error; raw triples that do not read are passed over.
Result<void> write_record(const dcat::Record& record, const std::string& iri, const harvest::RawSource& raw,
                          rdf::TripleSink& sink);

}  // namespace moisson::api
