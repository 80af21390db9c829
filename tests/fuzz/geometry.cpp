// Any bytes as the place of a record: WKT, GML and GeoJSON in RDF, GeoJSON in CKAN.
#include "rdf/geometry.h"

#include "fuzz.h"
#include "harvesters/geojson.h"

namespace moisson::fuzz {
namespace {

void check(const dcat::BoundingBox& box) {
  require(-180 <= box.west && box.west <= 180 && -180 <= box.east && box.east <= 180, "longitudes are degrees");
  require(-90 <= box.south && box.south <= box.north && box.north <= 90, "latitudes are degrees, south below north");
}

}  // namespace

void read(std::string_view bytes) {
  static_cast<void>(rdf::geometry_notation(bytes));
  if (const auto box = rdf::bounds(bytes)) {
    check(*box);
    require(rdf::bounds(rdf::to_wkt(*box)).has_value(), "a box that is written can be read");
  }
  if (const auto document = json::Document::parse(bytes))
    if (const auto box = harvesters::bounding_box(document->root())) check(*box);
}

}  // namespace moisson::fuzz
