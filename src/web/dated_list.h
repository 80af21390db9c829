// A list of records by date, as on the home page: news.part. Pure.
#pragma once

#include "web/model.h"
#include "web/page.h"

#include <moisson/search/results.h>

namespace moisson::web {

enum class WithPublisher : bool { no, yes };

// One ITEM for the hit.
void dated_item(const Page& page, const search::Hit& hit, WithPublisher with, Model& list);

}  // namespace moisson::web
