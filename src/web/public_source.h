// Which sources the public may see: those that are or were harvested. Drafts, submissions and declined ones are between
// their owners and the operator, as in the API. Any thread.
#pragma once

#include "store/store.h"

#include <string_view>
#include <vector>

namespace moisson::web {

Result<std::vector<store::SourceStatus>> public_sources(const store::Store& store);

// not_found also for a source that is not public: its id is nobody's business.
Result<store::SourceStatus> public_source(const store::Store& store, std::string_view id);

}  // namespace moisson::web
