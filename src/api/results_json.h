// The answer to a search as JSON, for the API and for the command line's --json. Pure.
#pragma once

#include "core/json.h"
#include "links/links.h"

#include <moisson/search/query.h>
#include <moisson/search/results.h>

namespace moisson::api {

// {"total","page","page_size","next_cursor","did_you_mean","results":[…],"facets":{"theme":[{"value","label","count"}]}}.
// What a result does not have is null, [] or "". Themes, formats and licence are keys; the facets have the words for
// them.
void write(json::Writer& out, const search::Query& query, const search::Results& results, const links::Links& links);

}  // namespace moisson::api
