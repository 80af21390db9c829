// The filters beside the results, as parts of the search form, and the chips that take each one back. Pure.
#pragma once

#include "web/page.h"

#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <optional>
#include <string>
#include <vector>

namespace moisson::web {

// What the page's address says about the panel itself: ?facet=publisher shows all values, ?in_publisher=dreal those
// like it.
struct PanelView {
  std::optional<search::Field> unfolded;
  std::string publisher_like;
};
PanelView panel_view(const http::Request& request);

// The facets that the panel shows, in order, for Query::facets; and how many values of each it needs.
std::vector<search::Field> panel_fields();
std::uint32_t panel_facet_size(const PanelView& view);

void facet_panel(const Page& page, const search::Query& query, const search::Results& results, const PanelView& view,
                 Model& model);

// One chip a value or range that restricts the search. Result: how many.
std::size_t filter_chips(const Page& page, const search::Query& query, const search::Results& results, Model& model);

// "Thème : Environnement"
std::string filter_words(const Words& words, search::Field field, std::string_view label);

}  // namespace moisson::web
