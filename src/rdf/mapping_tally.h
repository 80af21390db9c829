// What became of each triple of a record's own graph, told to a mapping report. Pure but for the report.
#pragma once

#include <moisson/dcat/mapping_report.h>

#include "rdf/graph.h"

#include <vector>

namespace moisson::rdf {

// `used`: by position in graph.triples(), as RecordReader::record gives it. Types are left out: they say what a node
// is. A property of a node inside the record bears the way to it: "dcat:distribution/dct:format".
void tally(const Graph& graph, TermId record, const std::vector<bool>& used, dcat::MappingReport& mapping);

}  // namespace moisson::rdf
