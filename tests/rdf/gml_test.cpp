#include "rdf/gml.h"

#include "rdf/geometry.h"

#include <gtest/gtest.h>

namespace moisson::rdf {
namespace {

std::string envelope(std::string_view crs, std::string_view lower, std::string_view upper) {
  return "<gml:Envelope srsName=\"" + std::string(crs) + "\"><gml:lowerCorner>" + std::string(lower) +
         "</gml:lowerCorner><gml:upperCorner>" + std::string(upper) + "</gml:upperCorner></gml:Envelope>";
}

std::string why(std::string_view text) {
  const auto box = gml_bounds(text);
  return box ? "a box" : box.error().message;
}

// As SEMICeu's translation of ISO 19139, the Belgian and the Italian portals write them.
TEST(Gml, MeasuresTheEnvelopesOfPortals) {
  const auto malta = envelope("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "14.18 35.81", "14.58 36.08");
  ASSERT_TRUE(gml_bounds(malta)) << why(malta);
  EXPECT_EQ(*gml_bounds(malta), (dcat::BoundingBox{14.18, 35.81, 14.58, 36.08}));
  EXPECT_EQ(bounds("\n " + malta + " "), (dcat::BoundingBox{14.18, 35.81, 14.58, 36.08}));
  EXPECT_EQ(geometry_notation(malta), GeometryNotation::gml);
  EXPECT_EQ(*gml_bounds(envelope("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "2.54 49.49", "6.41 51.51")),
            (dcat::BoundingBox{2.54, 49.49, 6.41, 51.51}));
  EXPECT_EQ(*gml_bounds(envelope("http://www.opengis.net/def/EPSG/0/4326", "7.48820862370018 43.5963597132668",
                                 "10.0879518636137 44.849579861466")),
            (dcat::BoundingBox{7.48820862370018, 43.5963597132668, 10.0879518636137, 44.849579861466}))
      << "no IRI of a CRS: who writes it has longitude first";
}

TEST(Gml, TakesTheOrderOfTheAxesFromTheNameOfTheCrs) {
  const dcat::BoundingBox box{1, 2, 3.5, 4};
  for (const char* crs : {"", "EPSG:4326", "http://www.opengis.net/gml/srs/epsg.xml#4326", "CRS:84",
                          "urn:ogc:def:crs:OGC:1.3:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"})
    EXPECT_EQ(bounds(envelope(crs, "1 2", "3.5 4")), box) << crs << ": " << why(envelope(crs, "1 2", "3.5 4"));
  for (const char* crs : {"urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG:9.6:4258", "urn:x-ogc:def:crs:EPSG:4326",
                          "http://www.opengis.net/def/crs/EPSG/0/4326"})
    EXPECT_EQ(bounds(envelope(crs, "2 1", "4 3.5")), box) << crs << ": " << why(envelope(crs, "2 1", "4 3.5"));
  EXPECT_EQ(why(envelope("EPSG:2154", "652000 6862000", "653000 6863000")),
            "the GML is in another CRS than WGS 84: EPSG:2154");
  EXPECT_EQ(why(envelope("urn:ogc:def:crs:EPSG::14326", "1 2", "3 4")),
            "the GML is in another CRS than WGS 84: urn:ogc:def:crs:EPSG::14326");
}

TEST(Gml, MeasuresEachGeometry) {
  const dcat::BoundingBox box{1, 2, 3.5, 4};
  const char* rows[] = {
      "<gml:Box><gml:coordinates>1,2 3.5,4</gml:coordinates></gml:Box>",
      "<Box "
      "xmlns=\"http://www.opengis.net/gml\"><coord><X>1</X><Y>2</Y></coord><coord><X>3.5</X><Y>4</Y></coord></Box>",
      "<?xml version=\"1.0\"?><g:LineString xmlns:g=\"http://www.opengis.net/gml/3.2\" g:id=\"l\"><g:pos>1 2</g:pos>"
      "<g:pos>+3.5 4e0</g:pos></g:LineString>",
      "<gml:LineString srsDimension=\"3\"><gml:posList>1 2 99\n3.5 4 -99</gml:posList></gml:LineString>",
      "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>1 2 3.5 2 3.5 4 1 2</gml:posList></gml:LinearRing>"
      "</gml:exterior><gml:interior><gml:LinearRing><gml:posList>2 3 3 3 3 3.5 2 3</gml:posList></gml:LinearRing>"
      "</gml:interior></gml:Polygon>",
      "<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates cs=\",\" ts=\" \" decimal=\".\">1,2,0 "
      "3.5,2,0 "
      "3.5,4,0 1,2,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>",
      "<gml:MultiSurface srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:surfaceMember><gml:Polygon><gml:exterior>"
      "<gml:LinearRing><gml:posList srsDimension=\"2\">2 1 2 3 4 3 2 1</gml:posList></gml:LinearRing></gml:exterior>"
      "</gml:Polygon></gml:surfaceMember><gml:surfaceMember><gml:Polygon srsName=\"EPSG:4326\"><gml:exterior>"
      "<gml:LinearRing><gml:posList>3 3 3.5 4 3 4 3 3</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
      "</gml:surfaceMember></gml:MultiSurface>",
      "<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 "
      "4</gml:pos></gml:Point></gml:pointMember><gml:pointMember>"
      "<gml:Point><gml:coordinates>3.5,2</gml:coordinates></gml:Point></gml:pointMember></gml:MultiPoint>",
      "<gml:MultiCurve><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>1 2 3.5 "
      "4</gml:posList>"
      "</gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:MultiCurve>",
  };
  for (const char* text : rows) EXPECT_EQ(bounds(text), box) << text << "\n" << why(text);
}

TEST(Gml, SaysWhyItHasNoBox) {
  EXPECT_EQ(why("<gml:Envelope/>"), "the coordinates of the GML do not fit: there are none, or they are not degrees");
  EXPECT_EQ(why(envelope("", "1 2", "3 95")),
            "the coordinates of the GML do not fit: there are none, or they are not degrees");
  EXPECT_EQ(why("<gml:Point><gml:pos>1 north</gml:pos></gml:Point>"),
            "the coordinates of the GML do not fit: not a number: \"1 north\"");
  EXPECT_EQ(why("<gml:Point><gml:pos>inf 1</gml:pos></gml:Point>"),
            "the coordinates of the GML do not fit: not a number: \"inf 1\"");
  EXPECT_EQ(why("<gml:LineString srsDimension=\"3\"><gml:posList>1 2 3 4</gml:posList></gml:LineString>"),
            "the coordinates of the GML do not fit: a list does not hold whole positions");
  EXPECT_EQ(why("<gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 "
                "0</gml:posList></gml:Arc></gml:segments></gml:Curve>"),
            "the GML has coordinates in <Arc>, which is not read");
  EXPECT_EQ(why("<gml:Point><gml:coordinates decimal=\",\" cs=\";\">1,5;2</gml:coordinates></gml:Point>"),
            "the GML separates its coordinates in a way of its own");
  EXPECT_EQ(why("<p>Pointe-à-Pitre</p>"), "no geometry of GML");
  EXPECT_FALSE(bounds("<gml:Envelope><gml:lowerCorner>1 2"));
}

TEST(Gml, RefusesWhatPassesItsCaps) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<gml:MultiGeometry><gml:geometryMember>";
  EXPECT_FALSE(gml_bounds(deep));
  EXPECT_FALSE(bounds(deep.substr(0, 1'000'000)));
  EXPECT_FALSE(gml_bounds("<!DOCTYPE g [<!ENTITY a \"1 2 \">]><gml:Point><gml:pos>&a;</gml:pos></gml:Point>"));
  std::string many = "<gml:LineString><gml:posList>";
  while (many.size() < 1'000'000) many += "1.25 2.5 ";
  EXPECT_EQ(bounds(many + "</gml:posList></gml:LineString>"), (dcat::BoundingBox{1.25, 2.5, 1.25, 2.5}));
}

}  // namespace
}  // namespace moisson::rdf
