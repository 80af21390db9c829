// From the triples that a record is remembered by to the record: from those alone, the values in the order of their
// canonical lines, at the harvest as later. So a remap gives the same, whatever the order of the page was. Pure.
#pragma once

#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>

#include "rdf/canonical_triples.h"
#include "rdf/record_reader.h"

namespace moisson::harvesters {

inline constexpr int dcat_mapping_version = 4;

// `mapping` is told of every triple of what becomes a record; may be absent. invalid_input where the record has no
// title; corrupt where the triples say nothing of their subject.

// At the harvest, where the triples are at hand: `canonical` is of the graph that `page` reads. Without its raw source.
Result<harvest::HarvestedRecord> map_dcat(const rdf::RecordReader& page, const rdf::CanonicalTriples& canonical,
                                          rdf::TermId subject, dcat::MappingReport* mapping = nullptr);

// Later, from their lines. `raw.pointer` is the subject.
Result<harvest::HarvestedRecord> map_dcat(const harvest::RawSource& raw, dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
