// The filters beside the results, as parts of the search form, and the chips that take each one back. Pure.
#pragma once

#include "web/page.h"

#include <moisson/search/query.h>
#include <moisson/search/results.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moisson::web {

// What the page's address says about the panel itself: ?facet=publisher shows many values, ?in_publisher=dreal those
// that have these words in their name.
struct PanelView {
  std::optional<search::Field> unfolded;
  std::vector<std::pair<search::Field, std::string>> sought;  // at most 200 bytes each

  std::string_view sought_in(search::Field field) const;  // empty: nothing
};
PanelView panel_view(const http::Request& request);

// The facets that the panel shows, in order, for Query::facets; and how many values of each it needs.
std::vector<search::Field> panel_fields();
inline constexpr std::uint32_t panel_facet_size = 5;

// Counts the unfolded facet, and those searched in, again, as far as they reach.
Result<void> fill_facets(const index::Snapshot& snapshot, search::Query query, const PanelView& view,
                         search::Results& results);

void facet_panel(const Page& page, const search::Query& query, const search::Results& results, const PanelView& view,
                 Model& model);

// One chip a value or range that restricts the search. Result: how many.
std::size_t filter_chips(const Page& page, const search::Query& query, const search::Results& results, Model& model);

// "Thème : Environnement"
std::string filter_words(const Words& words, search::Field field, std::string_view label);

}  // namespace moisson::web
