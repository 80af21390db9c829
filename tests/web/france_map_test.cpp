#include "web/france_map.h"

#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

TEST(FranceMap, DrawsABoxWhereTheDrawingShowsIt) {
  const auto lorraine = on_map({5.42, 48.35, 7.12, 49.57}).value();
  EXPECT_NEAR(lorraine.x, 227.0, 0.5);
  EXPECT_NEAR(lorraine.y, 58.0, 0.5);
  EXPECT_GT(lorraine.width, 30);
}

TEST(FranceMap, DrawsOverseasDepartmentsInTheirFrames) {
  const auto reunion = on_map({55.2, -21.4, 55.9, -20.85}).value();
  EXPECT_GE(reunion.x, 40);
  EXPECT_GE(reunion.y, 214);
  EXPECT_LE(reunion.x + reunion.width, 72.1);
  for (const char* region : {"fr:region:01", "fr:region:02", "fr:region:03", "fr:region:04", "fr:region:06"}) {
    const auto point = middle_of(region);
    ASSERT_TRUE(point) << region;
    EXPECT_LT(point->x, 75) << region;
    EXPECT_GT(point->y, 170) << region;
  }
}

TEST(FranceMap, ShowsNothingOfWhatLiesMostlyElsewhere) {
  EXPECT_FALSE(on_map({-180, -90, 180, 90}));
  EXPECT_FALSE(on_map({-9.5, 36, -6, 42}));  // Portugal
  EXPECT_FALSE(on_map({8, 49, 5, 48}));      // across the antimeridian
  EXPECT_FALSE(middle_of("fr:departement:54"));
}

TEST(FranceMap, KeepsACommuneVisible) { EXPECT_GE(on_map({2.35, 48.85, 2.351, 48.851})->width, 3); }

}  // namespace
}  // namespace moisson::web::test
