#include "api/search_parameters.h"

#include <moisson/search/field.h>

namespace moisson::api {

const std::vector<http::RouteParameter>& search_parameters() {
  static const std::vector<http::RouteParameter> parameters = [] {
    std::vector<http::RouteParameter> all{
        {"q", "query", "words to find, in any language of the catalog; at most 1,000 characters"},
        {"page", "query", "from 1; by relevance down to the 10,000th result", "integer"},
        {"page_size", "query", "0 to 100, 20 if left out; 0 gives the total and facets alone", "integer"},
        {"cursor", "query",
         "reads everything in a fixed order that changes do not disturb: begin with 0, go on with next_cursor; page "
         "and sort do not apply"},
        {"sort", "query", "relevance, modified, created, title or popularity"},
        {"facets", "query", "names of fields to count, joined by commas; each is counted without its own filter"},
        {"facet_size", "query", "values a facet, 1 to 1,000, 10 if left out", "integer"},
        {"modified_from", "query", "modified then or later: 2024, 2024-05 or 2024-05-31"},
        {"modified_to", "query", "modified then or earlier; a year or month counts to its end"},
        {"temporal_from", "query", "the period covered reaches to then or later"},
        {"temporal_to", "query", "the period covered begins then or earlier"},
        {"modified_since", "query",
         "changed here then or later, by this catalog's own clock: 2024-05-31 or 2024-05-31T12:00:00Z"},
        {"bbox", "query", "the area covered meets this box: west,south,east,north in WGS 84 degrees"},
        {"territory_match", "query",
         "how territory is meant: within (in it or equal, the default), any (any part in common: in it, equal or "
         "around it) or exact"},
        {"explain", "query", "adds to each result why it stands there", "boolean"},
        {"lang", "query", "language of labels and texts, BCP 47; the catalog's if left out"},
    };
    for (const auto& field : search::fields) all.push_back({field.name, "query", field.documentation, "string", true});
    return all;
  }();
  return parameters;
}

}  // namespace moisson::api
