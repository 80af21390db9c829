#include "core/json.h"
#include "core/text.h"
#include "dcat/vocabulary.h"
#include "dcat/vocabulary_tables.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace moisson::dcat {
namespace {

std::string_view key(const Format* format) { return format == nullptr ? "" : format->key; }

Concept words(std::string_view label) { return Concept{.label = {{std::string(label), ""}}}; }

// What the authority table does not hold gets no address in it: a portal that follows it would find nothing.
TEST(Format, HasTheAddressOfTheAuthorityTableOnlyWhereThatHoldsIt) {
  const std::string table = "http://publications.europa.eu/resource/authority/file-type/";
  EXPECT_EQ(format(words("geotiff"))->iri, table + "GEOTIFF");
  EXPECT_EQ(format(words("xsd"))->iri, table + "SCHEMA_XML");
  EXPECT_EQ(format(words("gtfs"))->iri, table + "GTFS");
  for (const auto none : {"topojson", "csw", "datex2", "jsonl", "gpx", "api"})
    EXPECT_EQ(format(words(none))->iri, "") << none;
}

TEST(Format, KnowsTheSpellingsOfPortals) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"CSV", "csv"},
      {".csv", "csv"},
      {"text/csv;charset=utf-8", "csv"},
      {"csv/utf8", "csv"},
      {"csv ; zip", "csv"},
      {"csv.gz", "csv"},
      {"cvs", "csv"},
      {"esri shapefile (shp)", "shp"},
      {"SHP/SHAPE/ArcView Shape", "shp"},
      {"shapefile (zip)", "shp"},
      {"zip (shp)", "shp"},
      {"www:download:esri shapefile", "shp"},
      {"xlxs", "xlsx"},
      {"XLSX", "xlsx"},
      {"excel", "xls"},
      {"application/vnd.ms-excel", "xls"},
      {"vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
      {"wms", "wms"},
      {"OGC:WMS", "wms"},
      {"ogc wms", "wms"},
      {"ogc:wms-1.3.0-http-get-capabilities", "wms"},
      {"OGC:WFS-2.0.0-http-get-feature", "wfs"},
      {"ogc api - features", "ogc-api"},
      {"arcgis geoservices rest api", "arcgis"},
      {"Esri REST", "arcgis"},
      {"geojson", "geojson"},
      {"application/vnd.geo+json", "geojson"},
      {"gpkg.zip", "gpkg"},
      {"geopackage - gpkg", "gpkg"},
      {"gtfs", "gtfs"},
      {"GTFS-RT", "gtfs-rt"},
      {"gtfs rt", "gtfs-rt"},
      {"netex", "netex"},
      {"NeTEx France", "netex"},
      {"siri vm", "siri"},
      {"gbfs.json", "gbfs"},
      {"mapinfo tab", "mapinfo"},
      {"MapInfo Interchange Format (MIF/MID)", "mapinfo"},
      {"image tiff (tif)", "tiff"},
      {"cloud optimized geotiff", "geotiff"},
      {"web page", "html"},
      {"page web", "html"},
      {"www:link-1.0-http--link", "html"},
      {"www:link", "html"},
      {"file:///srv/udata/ftype/geojson", "geojson"},
      {"adobe portable document format (pdf)", "pdf"},
      {"PDF", "pdf"},
      {"json-ld", "json-ld"},
      {"JSON", "json"},
      {"ttl", "turtle"},
      {"text/turtle", "turtle"},
      {"Parquet", "parquet"},
      {"dbase database file (dbf)", "dbf"},
      {"ods", "ods"},
      {"laz", "las"},
      {"7z", "7z"},
      {"archive zip", "zip"},
      {"tar.gz", "tar"},
      {"www:download-1.0-http--download", ""},
      {"inconnu", ""},
      {"", ""},
      {"octet-stream", ""},
      {"délibération au schéma national", ""},
  };
  for (const auto& [spelled, expected] : cases) EXPECT_EQ(key(format(words(spelled))), expected) << spelled;
}

TEST(Format, KnowsIris) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"http://publications.europa.eu/resource/authority/file-type/CSV", "csv"},
      {"http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE", "turtle"},
      {"http://publications.europa.eu/resource/authority/file-type/WMS_SRVC", "wms"},
      {"https://www.iana.org/assignments/media-types/text/csv", "csv"},
      {"http://www.iana.org/assignments/media-types/application/vnd.ms-excel", "xls"},
      {"http://inspire.ec.europa.eu/media-types/application/x-shapefile", "shp"},
      {"http://example.org/nothing", ""},
  };
  for (const auto& [iri, expected] : cases) EXPECT_EQ(key(format(Concept{.iri = std::string(iri)})), expected) << iri;
}

TEST(FormatOf, AsksFormatThenMediaTypeThenTheAddress) {
  Distribution file;
  EXPECT_EQ(format_of(file), nullptr);
  file.access_url = {{"https://example.org/geoserver/ows?SERVICE=WFS&REQUEST=GetCapabilities"}};
  EXPECT_EQ(key(format_of(file)), "wfs");
  file.download_url = {{"https://example.org/data/lines.csv.gz?x=1#y"}};
  EXPECT_EQ(key(format_of(file)), "csv");
  file.media_type = words("application/json");
  EXPECT_EQ(key(format_of(file)), "json");
  file.format = words("GTFS");
  EXPECT_EQ(key(format_of(file)), "gtfs");
  for (const auto* url :
       {"https://example.org", "https://data.zip", "https://example.org/page", "https://example.org/v1.2.3456789012"}) {
    Distribution page;
    page.access_url = {{url}};
    EXPECT_EQ(format_of(page), nullptr) << url;
  }
}

TEST(Format, HasKeysOfItsOwnInKnownFamilies) {
  std::set<std::string_view> keys, families;
  for (const auto& family : all_format_families()) families.insert(family.key);
  for (const auto& row : all_formats()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_TRUE(families.contains(row.family)) << row.key;
    EXPECT_EQ(key(format(words(row.key))), row.key) << "a key is found by itself";
    EXPECT_EQ(key(format(words(row.label))), row.key) << "a label is found by itself";
  }
  EXPECT_GE(keys.size(), 80u);
}

TEST(Format, KnowsNineteenOfTwentySpellingsOfARealCatalogue) {
  std::ifstream sample(MOISSON_FIXTURES "/catalogs/datagouv-fr/sample-500.jsonl");
  if (!sample) GTEST_SKIP() << "no fixtures";
  int stated = 0, known = 0;
  std::string unknown;
  for (std::string line; std::getline(sample, line);) {
    const auto record = json::Document::parse(line);
    ASSERT_TRUE(record);
    const std::string formats = record->root()["resources_formats"].text();
    for (const auto spelled : split(formats, ',')) {
      const bool lost = spelled.size() == 33 && spelled.front() == 'n';  // names of blank nodes, not of formats
      if (spelled.empty() || lost) continue;
      ++stated;
      const bool is_known = format(words(spelled)) != nullptr;
      known += is_known;
      if (!is_known) unknown.append(spelled).append(", ");
    }
  }
  EXPECT_GT(stated, 500);
  EXPECT_GE(known * 20, stated * 19) << known << " of " << stated << ", without: " << unknown;
}

}  // namespace
}  // namespace moisson::dcat
