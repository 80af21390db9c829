// A record as schema.org JSON-LD, for search engines (https://schema.org/Dataset; Google's data set guidelines). Pure.
#pragma once

#include "web/model.h"

#include <moisson/dcat/record.h>

#include <string_view>

namespace moisson::web {

// Safe inside <script>: json::Writer escapes '<'. `address` is our page of the record, absolute; `language` the
// reader's.
Html schema_org(const dcat::Record& record, std::string_view address, std::string_view language);

}  // namespace moisson::web
