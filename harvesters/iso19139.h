// From ISO 19139 metadata (gmd, gmi, and profiles of them) to a record, as GeoDCAT-AP aligns them
// (https://semiceu.github.io/GeoDCAT-AP/releases/2.0.0/, annex II.2). Elements are known by their local names: profiles
// (che, gmi) rename what surrounds them. Pure.
//   identity   fileIdentifier, else the code of the citation's identifier
//   type       hierarchyLevel: service → DataService; series without a single link → DatasetSeries; all others, and the
//              series that can be downloaded, → Dataset
// What GeoDCAT-AP states and records have no place for is dropped, and the mapping report tells it: creation dates, owners
// and other roles, conformity in words or not reached, spatial representation, scales, identifiers of other data sets.
#pragma once

#include "core/xml_tree.h"

#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>

#include <string>

namespace moisson::harvesters {

inline constexpr int iso19139_mapping_version = 5;

bool is_iso19139(const xml::Element& element);             // MD_Metadata, MI_Metadata, CHE_MD_Metadata
std::string iso19139_id(const xml::Element& metadata);     // empty: there is none
std::string iso19139_title(const xml::Element& metadata);  // for reports

// `mapping` is told of every property of what becomes a record; may be absent.
Result<harvest::HarvestedRecord> map_iso19139(const harvest::HarvestSource& source, harvest::RawSource&& raw,
                                              dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
