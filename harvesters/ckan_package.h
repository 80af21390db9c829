// CkanPackage: one package of CKAN's Action API (package_show, or an item of package_search) → a record. Pure. The mapping
// is ckanext-dcat's, read in the other direction; what is more than a text is ckan_values.h's and ckan_resource.h's.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace moisson::harvesters {

// Raised when the mapping changes.
inline constexpr int ckan_mapping_version = 2;

// The package's own id, else its name; empty if it has neither.
std::string ckan_package_id(json::View package);

// Its title, for a report; empty if there is none.
std::string ckan_package_title(json::View package);

// Views as the portal counts them (tracking_summary.total).
std::optional<std::uint64_t> ckan_popularity(json::View package);

// Why it is left out on purpose ("private", "type harvest"); empty: it is not.
std::string ckan_skip_reason(json::View package);

// The address of the portal that an Action API address belongs to: what stands before "/api/". No slash at its end.
std::string ckan_portal(std::string_view api_url);

// The record. `raw` goes into it; its page_url names the portal. invalid_input, with a pointer into the package, if
// there is no title or no id. `mapping` is told of every field of what becomes a record.
Result<harvest::HarvestedRecord> map_ckan_package(const harvest::HarvestSource& source, json::View package,
                                                  harvest::RawSource&& raw, dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
