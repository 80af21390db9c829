// The feeds among the fixtures, and the table of what reading them gave. For tests; one thread.
#pragma once

#include "core/json.h"

#include <string>
#include <vector>

namespace moisson::test {

struct Feed {
  std::string name;  // its path below the fixtures
  std::string body;
};

// Every data.json, in the order of their names; those of archives ("….tar.zst") too. Empty: no fixtures here.
std::vector<Feed> data_json_feeds(const std::string& fixtures);

// The results of Socrata's Discovery API, as they were crawled: one JSON object each.
std::vector<std::string> socrata_assets(const std::string& fixtures);

// Every ISO 19139 document and CSW answer, in the order of their names.
std::vector<Feed> iso19139_feeds(const std::string& fixtures);

// The records of a data.json by a walk over the parsed file.
std::size_t data_json_count(json::View root);

// Compares with the file, line by line; with MOISSON_WRITE_GOLDEN set it writes it instead.
void expect_golden(const std::string& path, const std::string& text);

}  // namespace moisson::test
