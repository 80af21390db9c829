#include "links/links.h"

#include <algorithm>
#include <utility>

namespace moisson::links {
namespace {

// A changed search is read from its beginning.
search::Query from_the_start(search::Query query) {
  query.page = 1;
  query.cursor.reset();
  return query;
}

}  // namespace

search::Query with_value(search::Query query, search::Field field, std::string_view value) {
  auto filter = std::lower_bound(query.filters.begin(), query.filters.end(), field,
                                 [](const search::Filter& f, search::Field wanted) { return f.field < wanted; });
  if (filter == query.filters.end() || filter->field != field) filter = query.filters.insert(filter, {field, {}});
  const auto place = std::lower_bound(filter->values.begin(), filter->values.end(), value);
  if (place == filter->values.end() || *place != value) filter->values.emplace(place, value);
  return from_the_start(std::move(query));
}

search::Query without_value(search::Query query, search::Field field, std::string_view value) {
  for (search::Filter& filter : query.filters)
    if (filter.field == field) std::erase(filter.values, value);
  std::erase_if(query.filters, [](const search::Filter& filter) { return filter.values.empty(); });
  return from_the_start(std::move(query));
}

search::Query at_page(search::Query query, std::uint32_t page) {
  query = from_the_start(std::move(query));
  query.page = page;
  return query;
}

search::Query without_filters(search::Query query) {
  query.filters.clear();
  query.territory_match = {};
  query.modified = {};
  query.temporal = {};
  query.bbox.reset();
  return from_the_start(std::move(query));
}

}  // namespace moisson::links
