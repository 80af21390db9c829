// Any bytes as the query part of an address of ours.
#include "links/links.h"

#include "fuzz.h"
#include "http/query_string.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto parameters = http::parse_query_string(bytes);
  if (!parameters) return;
  const auto query = links::parse_query(*parameters, "fr");
  if (!query) {
    require(!query.error().where.empty(), "the parameter that is wrong is named");
    return;
  }
  require(query->page >= 1 && query->page_size <= 100, "pages are capped");
  const auto again_parameters = http::parse_query_string(links::query_string(*query));
  require(again_parameters.has_value(), "our own addresses can be read");
  const auto again = links::parse_query(*again_parameters, "fr");
  require(again && *again == *query, "a search that is written as an address reads back equal");

  const search::Query with = links::with_value(*query, search::Field::format, "csv");
  const search::Query without = links::without_value(with, search::Field::format, "csv");
  require(links::without_filters(with).filters.empty(), "filters can be taken away");
  for (const auto& filter : without.filters) require(!filter.values.empty(), "an empty filter is none");
}

}  // namespace moisson::fuzz
