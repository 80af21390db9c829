#include "rdf/record_reader.h"

#include "document.h"
#include "rdf/description.h"
#include "rdf/writer.h"

#include <algorithm>

namespace moisson::rdf {
namespace {

constexpr std::string_view head = R"ttl(
@prefix dct: <http://purl.org/dc/terms/> . @prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix schema: <http://schema.org/> .
@prefix schemas: <https://schema.org/> . @prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix locn: <http://www.w3.org/ns/locn#> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix gsp: <http://www.opengis.net/ont/geosparql#> .
)ttl";

struct Read {
  dcat::Dataset dataset;
  std::vector<dcat::Finding> findings;
  bool found(std::string_view cause) const {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const dcat::Finding& finding) { return finding.cause == cause; });
  }
};

Read read(const std::string& body) {
  const Graph graph = graph_of(std::string(head) + "<http://e/d> a dcat:Dataset ; " + body);
  RecordReader reader(graph);
  Described described = reader.record(graph.find_iri("http://e/d"), dcat::ResourceType::dataset);
  return {std::get<dcat::Dataset>(described.record), std::move(described.findings)};
}

TEST(RecordReader, ReadsWhatDcatApSays) {
  const auto [dataset, findings] = read(R"ttl(
    dct:title "Qualité de l'eau"@fr, "Water quality"@en ; dct:identifier "w-1" ; dcat:keyword "eau"@fr ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ; dct:modified "2024-05-01"^^xsd:date ;
    dct:publisher <http://e/org> ; dcat:contactPoint [ a vcard:Organization ; vcard:fn "Service" ; vcard:hasEmail <mailto:a@e.org> ] ;
    dct:temporal [ dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2021-06"^^xsd:gYearMonth ] ;
    dct:spatial [ skos:prefLabel "Ain" ; locn:geometry "POLYGON((1 2,3 2,3 4,1 2))"^^gsp:wktLiteral ] ;
    dcat:spatialResolutionInMeters 10.5 ;
    dcat:distribution <http://e/d/1> .
    <http://e/d/1> a dcat:Distribution ; dcat:downloadURL <http://e/a.csv> ; dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
      dcat:byteSize "1024.0"^^xsd:decimal ; spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue "ab" ] .
    <http://e/org> a foaf:Organization ; foaf:name "Agence"@fr ; foaf:mbox "contact@e.org" ; foaf:homepage <http://e/> .)ttl");
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(dataset.iri, "http://e/d");
  EXPECT_EQ(dataset.title, (LangStrings{{"Qualité de l'eau", "fr"}, {"Water quality", "en"}}));
  EXPECT_EQ(format_moment(*dataset.modified), "2024-05-01");
  ASSERT_EQ(dataset.publisher.size(), 1U);
  EXPECT_EQ(dataset.publisher[0].email, "contact@e.org");
  EXPECT_EQ(dataset.contact_point.at(0).email, "a@e.org");
  EXPECT_EQ(format_moment(*dataset.temporal.at(0).end), "2021-06");
  EXPECT_EQ(*dataset.spatial.at(0).bbox, (dcat::BoundingBox{1, 2, 3, 4}));
  EXPECT_EQ(dataset.spatial_resolution_metres, 10.5);
  const dcat::Distribution& file = dataset.distribution.at(0);
  EXPECT_EQ(file.download_url.at(0).value, "http://e/a.csv");
  EXPECT_EQ(file.byte_size, 1024U);
  EXPECT_EQ(file.checksum->algorithm, "sha1");
}

TEST(RecordReader, ReadsWhatPortalsWriteInstead) {
  const auto [dataset, findings] = read(R"ttl(
    dc:title "T" ; dc:description "D" ; dct:licence "Licence Ouverte" ; dct:publisher "Mairie" ; dct:language "fr" ; schemas:keywords "a", "b" ;
    adms:identifier [ a adms:Identifier ; skos:notation "doi:1"^^xsd:anyURI ] ; dct:rights [ rdfs:label "Libre"@fr ] ;
    dcat:contactPoint [ foaf:name "X" ; vcard:email "x@e.org" ; vcard:hasTelephone [ vcard:hasValue <tel:+33-1> ] ], "y@e.org" ;
    dct:temporal [ schema:startDate "2019-01-01" ; schemas:endDate "2020" ], [ time:hasBeginning [ time:inXSDDate "2001-02-03" ] ], "2010-01-01/2011-01-01" ;
    dct:spatial "Ain", "POINT(5 46)" ; dct:issued "01/05/2024" ; dct:accrualPeriodicity [ a dct:Frequency ; rdfs:label "annuel" ] ;
    dcat:distribution [ dct:format "CSV" ; dcat:mediaType "text/csv" ; dcat:accessURL "http://e/x y" ; dct:license [ a dct:LicenseDocument ; rdfs:label "CC BY" ; foaf:page <http://cc/by> ] ],
      [ dct:format [ a dct:IMT ; rdf:value "application/json" ; rdfs:label "JSON" ] ; dcat:downloadURL <http://e/j> ] .)ttl");
  EXPECT_TRUE(findings.empty()) << findings[0].cause << findings[0].place;
  EXPECT_EQ(dataset.title.at(0).value, "T");
  EXPECT_EQ(dataset.licence->label.at(0).value, "Licence Ouverte");
  EXPECT_EQ(dataset.publisher.at(0).name.at(0).value, "Mairie");
  EXPECT_EQ(dataset.language.at(0).label.at(0).value, "fr");
  EXPECT_EQ(dataset.keyword.size(), 2U);
  EXPECT_EQ(dataset.other_identifier.at(0), "doi:1");
  EXPECT_EQ(dataset.rights.at(0).value, "Libre");
  ASSERT_EQ(dataset.contact_point.size(), 2U);
  EXPECT_EQ(dataset.contact_point[0].telephone + dataset.contact_point[1].telephone, "+33-1");
  EXPECT_TRUE(dataset.contact_point[0].email == "y@e.org" || dataset.contact_point[1].email == "y@e.org");
  EXPECT_EQ(dataset.temporal.size(), 3U);
  EXPECT_EQ(dataset.spatial.size(), 2U);
  EXPECT_EQ(format_moment(*dataset.issued), "2024-05-01");
  EXPECT_EQ(dataset.frequency->label.at(0).value, "annuel");
  ASSERT_EQ(dataset.distribution.size(), 2U);
  const auto csv = std::find_if(dataset.distribution.begin(), dataset.distribution.end(),
                                [](const auto& d) { return d.media_type.has_value(); });
  EXPECT_EQ(csv->access_url.at(0).value, "http://e/x%20y");
  EXPECT_EQ(csv->licence->iri, "http://cc/by");
}

TEST(RecordReader, TurnsWhatItCannotReadIntoFindingsAndKeepsTheRest) {
  const Read read_ = read(
      R"ttl(dct:title "T" ; dct:issued "R/P1D" ; dct:modified "2004/292269055-12-02" ; dcat:landingPage "www.e.org" ; dct:conformsTo [ dct:title "INSPIRE" ] ;
    dct:temporal "bientôt" ; dct:publisher [] ; dct:license [] ; dct:rights [] ;
    dct:spatial [ dcat:bbox "ici" ] ; dcat:distribution <http://e/nowhere>, [ dcat:byteSize "12 Ko" ; dcat:accessURL <http://e/x> ] .)ttl");
  EXPECT_EQ(read_.dataset.title.size(), 1U);
  EXPECT_EQ(read_.dataset.distribution.size(), 2U);
  for (const char* cause : {"date_unreadable", "url_relative", "url_missing", "period_unreadable", "value_missing",
                            "geometry_unreadable", "number_unreadable", "distribution_not_described"}) {
    EXPECT_TRUE(read_.found(cause)) << cause;
  }
  const auto date = std::find_if(read_.findings.begin(), read_.findings.end(),
                                 [](const auto& finding) { return finding.cause == "date_unreadable"; });
  EXPECT_EQ(date->place, "<http://e/d> <http://purl.org/dc/terms/issued>");
  EXPECT_NE(date->message.find("R/P1D"), std::string::npos);
}

TEST(RecordReader, MeasuresGmlAndSaysWhereItCannot) {
  const auto envelope = [](std::string_view crs) {
    return "\"<gml:Envelope srsName='" + std::string(crs) +
           "'><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 "
           "4</gml:upperCorner></gml:Envelope>\"^^gsp:gmlLiteral";
  };
  const std::string wkt = "\"POLYGON((1 4,3 4,3 2,1 2,1 4))\"^^gsp:wktLiteral";
  const auto [dataset, findings] =
      read("dct:title \"T\" ; dct:spatial [ locn:geometry " + envelope("CRS:84") + " ], [ dcat:bbox " +
           envelope("EPSG:4326") + " ], [ locn:geometry " + envelope("CRS:84") + ", " + wkt +
           " ], [ locn:geometry [ gsp:asGML " + envelope("EPSG:2154") + " ] ] .");
  ASSERT_EQ(dataset.spatial.size(), 4U);
  std::size_t measured = 0;
  for (const auto& place : dataset.spatial) measured += place.bbox == dcat::BoundingBox{1, 2, 3, 4};
  EXPECT_EQ(measured, 3U);
  EXPECT_TRUE(std::any_of(dataset.spatial.begin(), dataset.spatial.end(), [](const auto& place) {
    return place.geometry.starts_with("POLYGON");
  })) << "WKT goes before GML";
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].cause, "geometry_unreadable");
  EXPECT_EQ(findings[0].message, "the GML is in another CRS than WGS 84: EPSG:2154");
}

TEST(RecordReader, CutsEndlessTextsAndLists) {
  std::string many = "dct:title \"" + std::string(300'000, 'x') + "\"";
  many += " ; dcat:keyword \"k0\"";
  for (int i = 1; i < 10'050; ++i) many += ", \"k" + std::to_string(i) + "\"";
  const Read found = read(many + " .");
  EXPECT_TRUE(found.found("text_cut"));
  EXPECT_TRUE(found.found("too_many_values"));
  EXPECT_EQ(found.dataset.keyword.size(), 10'000U);
}

TEST(RecordReader, TellsRecordsFromCatalogs) {
  const Graph graph = graph_of(std::string(head) +
                               "<http://e/c> a dcat:Catalog, dcat:Dataset . <http://e/s> a dcat:Dataset, "
                               "dcat:DatasetSeries . <http://e/x> a dcat:DataService .");
  const RecordReader reader(graph);
  EXPECT_FALSE(reader.type(graph.find_iri("http://e/c")));
  EXPECT_EQ(reader.type(graph.find_iri("http://e/s")), dcat::ResourceType::series);
  EXPECT_EQ(reader.type(graph.find_iri("http://e/x")), dcat::ResourceType::service);
}

TEST(Description, HoldsTheRecordAndNothingElse) {
  const Graph graph = graph_of(std::string(head) + R"ttl(
    <http://e/c> a dcat:Catalog ; dcat:dataset <http://e/1>, <http://e/2> ; dct:publisher <http://e/org> .
    <http://e/1> a dcat:Dataset ; dct:title "1" ; dct:publisher <http://e/org> ; dct:relation <http://e/2> ; dct:isPartOf <http://e/c> ; dcat:theme <http://e/t> ;
      dcat:distribution <http://e/1/a>, <http://e/none> .
    <http://e/2> a dcat:Dataset ; dct:title "2" . <http://e/1/a> a dcat:Distribution ; dct:license <http://e/l> ; dcat:accessService <http://e/service> .
    <http://e/org> foaf:name "Org" . <http://e/l> dct:title "L" . <http://e/t> skos:prefLabel "T" ; skos:broader <http://e/tt> . <http://e/tt> skos:prefLabel "TT" .
    <http://e/service> a dcat:DataService ; dct:title "S" .)ttl");
  RecordReader reader(graph);
  const Description description = Describer(reader).describe(graph.find_iri("http://e/1"));
  const std::string text = write_ntriples(graph, description.triples);
  for (const char* in : {"\"1\"", "\"Org\"", "\"L\"", "\"T\"", "<http://e/1/a>", "<http://e/service>"})
    EXPECT_NE(text.find(in), text.npos) << in;
  for (const char* out : {"\"2\"", "\"TT\"", "\"S\"", "Catalog"}) EXPECT_EQ(text.find(out), text.npos) << out;
  ASSERT_EQ(description.missing.size(), 1U);
  EXPECT_EQ(graph.term(description.missing[0]).text, "http://e/none");
}

}  // namespace
}  // namespace moisson::rdf
