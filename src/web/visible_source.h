// Which sources a reader may see: everybody those that are or were harvested; drafts, submissions and declined ones only
// those who look after them, as in the API. Any thread.
#pragma once

#include "store/store.h"
#include "web/page.h"

#include <string_view>
#include <vector>

namespace moisson::web {

Result<std::vector<store::SourceStatus>> visible_sources(const Page& page);

// not_found also for a source that this reader may not see: its id is nobody's business.
Result<store::SourceStatus> visible_source(const Page& page, std::string_view id);

}  // namespace moisson::web
