#include "rdf/geometry.h"

#include <gtest/gtest.h>

namespace moisson::rdf {
namespace {

TEST(Geometry, MeasuresWktAndGeoJson) {
  const dcat::BoundingBox box{1, 2, 3.5, 4};
  const char* rows[] = {
      "POLYGON((1 2, 3.5 2, 3.5 4, 1 4, 1 2))",
      "MULTIPOLYGON (((1 2, 3.5 2)), ((3.5 4, 1 4)))",
      "SRID=4326;LINESTRING(1 2,3.5 4)",
      "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> Polygon((1 2, 3.5 4))",
      "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON((2 1, 4 3.5))",
      "ENVELOPE(1, 3.5, 4, 2)",
      "POINT Z (1 2 99) , (3.5 4 99)",
      R"({"type":"Polygon","coordinates":[[[1,2],[3.5,2],[3.5,4],[1,2]]]})",
      R"({"coordinates": [[1.0, 2.0, 100], [3.5, 4]], "type":"LineString", "crs": {"x": [999, 999]}})",
      R"({"type":"FeatureCollection","features":[{"geometry":{"coordinates":[1,2]}},{"geometry":{"coordinates":[3.5,4]}}]})",
  };
  for (const char* text : rows) {
    ASSERT_TRUE(bounds(text)) << text;
    EXPECT_EQ(*bounds(text), box) << text;
    EXPECT_TRUE(geometry_notation(text)) << text;
  }
  EXPECT_EQ(*bounds(to_wkt(box)), box);
}

TEST(Geometry, RefusesWhatIsNotDegrees) {
  for (const char* text : {"", "France", "POLYGON", "POLYGON((", "{", "{\"type\":\"Polygon\"}", "POINT(652000 6862000)",
                           "<http://www.opengis.net/def/crs/EPSG/0/2154> POINT(1 2)", "POINT(nan 1)"}) {
    EXPECT_FALSE(bounds(text)) << text;
  }
  EXPECT_FALSE(geometry_notation("Pointe-à-Pitre"));
}

}  // namespace
}  // namespace moisson::rdf
