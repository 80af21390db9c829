// The values of a normalised record that the record does not state itself, told to a mapping report under our own names
// ("licence", "distribution/*/format"). Pure but for the report.
#pragma once

#include <moisson/dcat/mapping_report.h>
#include <moisson/dcat/record.h>

namespace moisson::dcat {

void tally_guesses(const Record& record, MappingReport& mapping);

}  // namespace moisson::dcat
