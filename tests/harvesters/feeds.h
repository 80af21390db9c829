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

// Every document of a catalog among them: the files under dcat and ckan-api by their endings, and those of the archives
// under catalogs, in the order of their names; the crawl of Socrata's Discovery API as one answer of it.
// Descriptions of formats (JSON Schema, shapes) are files like others: what is no catalog is to be refused.
std::vector<Feed> all_feeds(const std::string& fixtures);

// Every data.json, in the order of their names; those of archives ("….tar.zst") too. Empty: no fixtures here.
std::vector<Feed> data_json_feeds(const std::string& fixtures);

// The results of Socrata's Discovery API, as they were crawled: one JSON object each.
std::vector<std::string> socrata_assets(const std::string& fixtures);

// Every ISO 19139 document and CSW answer, in the order of their names.
std::vector<Feed> iso19139_feeds(const std::string& fixtures);

// An ISO 19139 document as the one page of a service; an answer of a service as it is.
std::string csw_document(const std::string& document);
std::string csw_answer(const std::string& records, std::size_t matched);

// The records of a data.json by a walk over the parsed file.
std::size_t data_json_count(json::View root);

}  // namespace moisson::test
