// One API of api.gouv.fr as a data service. It comes in two parts: its element of the site's list (/api/v1/apis), and,
// where the catalog's files can be had, its Markdown file with front matter, which says much more. Pure.
#pragma once

#include "core/json.h"

#include <moisson/core/result.h>
#include <moisson/dcat/mapping_report.h>
#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/source.h>

#include <string>
#include <string_view>

namespace moisson::harvesters {

inline constexpr int api_gouv_mapping_version = 1;

// The id of an element of the list: its slug; empty if it has none.
std::string api_gouv_id(json::View element);

// Both parts as one raw record: {"listing": the element as it came, "file": the file's text or null}.
std::string api_gouv_raw(std::string_view element, const std::string* file);

// openness (is_open: 1, 0, -1) → access rights; datapass_link, account_link and the rate limit → rights; doc_tech_link
// → endpoint description; datagouv_uuid → data sets served; uptime and monitoring_link → status. Nobody there states
// the address of the service itself: it stays out, and is a finding. invalid_input: no title, or a file without front
// matter.
// `mapping` is told of every field of what becomes a record; may be absent.
Result<harvest::HarvestedRecord> map_api_gouv(const harvest::HarvestSource& source, harvest::RawSource raw,
                                              dcat::MappingReport* mapping = nullptr);

}  // namespace moisson::harvesters
