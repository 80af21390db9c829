// Relation: the records of this catalog that another names by IRI or identifier (its series, the data that a service
// serves), so that a reader goes on inside the site where that is possible. From the index alone.
#pragma once

#include "web/sheet.h"

#include <moisson/dcat/record.h>

#include <string>
#include <vector>

namespace moisson::web {

struct Related {
  std::string title;     // of the record, else the address
  std::string url;       // of its page here, else the address itself
  std::string language;  // of the title, if it is not the reader's
};

// One a name, at most `most`; a name that is neither a record here nor a web address is left out.
std::vector<Related> related(const Sheet& sheet, const std::vector<dcat::Iri>& names, std::size_t most);

}  // namespace moisson::web
