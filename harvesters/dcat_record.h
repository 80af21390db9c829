// From the N-Triples that a record is remembered by to the record. Always from them, at the harvest too: then a remap
// gives the same, value by value and in the same order, whatever the order of the page was. Pure.
#pragma once

#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>

namespace moisson::harvesters {

inline constexpr int dcat_mapping_version = 1;

// `raw.pointer` is the subject. `mapping` is told of every triple of what becomes a record; may be absent.
// invalid_input where the record has no title; corrupt where the triples say nothing of their subject.
Result<harvest::HarvestedRecord> map_dcat(const harvest::RawSource& raw, dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
