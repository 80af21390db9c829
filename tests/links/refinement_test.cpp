#include "links/links.h"

#include <gtest/gtest.h>

namespace moisson::links {
namespace {

using search::Field;

TEST(Refinement, AddsAndTakesBackAValue) {
  search::Query query;
  query.text = "eau";
  const auto both =
      with_value(with_value(with_value(query, Field::format, "csv"), Field::theme, "ENVI"), Field::format, "abc");
  EXPECT_EQ(query_string(both), "q=eau&theme=ENVI&format=abc&format=csv");
  EXPECT_EQ(with_value(both, Field::format, "csv"), both);
  EXPECT_EQ(without_value(without_value(without_value(both, Field::format, "csv"), Field::theme, "ENVI"), Field::format,
                          "abc"),
            query);
  EXPECT_EQ(without_value(query, Field::format, "never there"), query);
}

TEST(Refinement, ReadsAChangedSearchFromItsBeginning) {
  search::Query query;
  query.page = 7;
  EXPECT_EQ(with_value(query, Field::theme, "ENVI").page, 1u);
  EXPECT_EQ(without_filters(query).page, 1u);
  EXPECT_EQ(at_page(query, 3).page, 3u);
  query.cursor = 12;
  EXPECT_FALSE(at_page(query, 3).cursor);
}

TEST(Refinement, KeepsTheWordsWhenFiltersGo) {
  search::Query query;
  query.text = "eau";
  query.sort = search::Sort::title;
  auto filtered = with_value(query, Field::theme, "ENVI");
  filtered.bbox = dcat::BoundingBox{1, 2, 3, 4};
  filtered.modified.from = Instant{};
  EXPECT_EQ(without_filters(filtered), query);
}

}  // namespace
}  // namespace moisson::links
