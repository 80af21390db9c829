// Rows of a job's report from what a harvester hands over, cut to size. Pure.
#pragma once

#include <moisson/harvest/harvested_record.h>
#include <moisson/harvest/job.h>

#include <string>
#include <string_view>

namespace moisson::harvest {

JobRecord row_of(const RecordFailure& failure);
JobRecord row_of(const RecordSkip& skip);
JobRecord duplicate_row(std::string_view remote_id, std::string_view record_id, std::string_view place);

// What was lost of a listing, as a remark.
dcat::Finding remark_of(const Error& loss);

// A finding of a record that stands at `pointer` of its page: a JSON pointer into the record becomes one into the page.
dcat::Finding located(dcat::Finding finding, std::string_view pointer);

// A finding with its texts at most 1,000 bytes each.
dcat::Finding trimmed(dcat::Finding finding);

}  // namespace moisson::harvest
