// Bounding boxes of geometries in GML 2 and 3 (OGC 02-069, 07-036), whole documents or the elements alone that RDF has
// as gmlLiteral, with or without a declaration of their prefix. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/dcat/record.h>

#include <string_view>

namespace moisson::rdf {

// Whether the text begins with the element of a geometry.
bool is_gml(std::string_view text);

// The box around all coordinates of points, straight lines, polygons, boxes, and what gathers them. invalid_input: no
// GML, or coordinates that do not fit; unsupported: another CRS than WGS 84, ETRS89 or CRS84, curves that are not
// straight, coordinates with separators of their own; too_large: more than 1 MiB, or nested deeper than 64. Latitude
// comes first in EPSG:4326 and EPSG:4258 where srsName is the URN or the IRI that OGC gives them (07-092r3, GML 3);
// longitude where it is short, an older spelling, or missing, as who writes so has it.
Result<dcat::BoundingBox> gml_bounds(std::string_view text);

}  // namespace moisson::rdf
