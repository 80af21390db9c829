#include "rdf/predicates.h"

#include <array>
#include <string>

namespace moisson::rdf {
namespace {

#define DCT "http://purl.org/dc/terms/"
#define DC "http://purl.org/dc/elements/1.1/"
#define DCAT "http://www.w3.org/ns/dcat#"
#define SCHEMA "http://schema.org/"
#define FOAF "http://xmlns.com/foaf/0.1/"
#define VCARD "http://www.w3.org/2006/vcard/ns#"
#define ADMS "http://www.w3.org/ns/adms#"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define TIME "http://www.w3.org/2006/time#"
#define LOCN "http://www.w3.org/ns/locn#"
#define GEO "http://www.opengis.net/ont/geosparql#"

struct Spelling {
  std::string_view property;
  std::string_view instead;
};

// Each row was met in a catalog of the fixtures or is a recommendation that DCAT-AP once gave.
constexpr std::array table{
    Spelling{DCT "title", DC "title"},
    Spelling{DCT "title", SCHEMA "name"},
    Spelling{DCT "title", RDFS "label"},
    Spelling{DCT "title", SKOS "prefLabel"},
    Spelling{DCT "title", FOAF "name"},
    Spelling{DCT "description", DC "description"},
    Spelling{DCT "description", SCHEMA "description"},
    Spelling{DCT "description", DCT "abstract"},
    Spelling{DCT "description", RDFS "comment"},
    Spelling{DCT "identifier", DC "identifier"},
    Spelling{DCT "identifier", SCHEMA "identifier"},
    Spelling{DCT "identifier", ADMS "identifier"},
    Spelling{DCAT "keyword", SCHEMA "keywords"},
    Spelling{DCAT "keyword", DC "subject"},
    Spelling{DCAT "theme", DCT "subject"},
    Spelling{DCAT "theme", SCHEMA "about"},
    Spelling{DCT "publisher", DC "publisher"},
    Spelling{DCT "publisher", SCHEMA "publisher"},
    Spelling{DCT "publisher", SCHEMA "provider"},
    Spelling{DCT "creator", DC "creator"},
    Spelling{DCT "creator", SCHEMA "creator"},
    Spelling{DCT "creator", SCHEMA "author"},
    Spelling{DCT "creator", FOAF "maker"},
    Spelling{DCAT "contactPoint", ADMS "contactPoint"},
    Spelling{DCAT "contactPoint", SCHEMA "contactPoint"},
    Spelling{DCT "issued", DC "date"},
    Spelling{DCT "issued", SCHEMA "datePublished"},
    Spelling{DCT "issued", DCT "created"},
    Spelling{DCT "issued", SCHEMA "dateCreated"},
    Spelling{DCT "modified", SCHEMA "dateModified"},
    Spelling{DCT "modified", DCT "date"},
    Spelling{DCT "language", DC "language"},
    Spelling{DCT "language", SCHEMA "inLanguage"},
    Spelling{DCT "license", DCT "licence"},
    Spelling{DCT "license", DC "license"},
    Spelling{DCT "license", "http://creativecommons.org/ns#license"},
    Spelling{DCT "license", SCHEMA "license"},
    Spelling{DCT "rights", DC "rights"},
    Spelling{DCAT "landingPage", SCHEMA "url"},
    Spelling{DCAT "landingPage", FOAF "homepage"},
    Spelling{DCAT "landingPage", FOAF "landingPage"},
    Spelling{DCT "spatial", SCHEMA "spatialCoverage"},
    Spelling{DCT "spatial", DCT "coverage"},
    Spelling{DCT "spatial", DC "coverage"},
    Spelling{DCT "temporal", SCHEMA "temporalCoverage"},
    Spelling{DCAT "version", "http://www.w3.org/2002/07/owl#versionInfo"},
    Spelling{DCAT "version", "http://purl.org/pav/version"},
    Spelling{DCAT "version", SCHEMA "version"},
    Spelling{DCAT "distribution", SCHEMA "distribution"},
    Spelling{DCAT "downloadURL", SCHEMA "contentUrl"},
    Spelling{DCAT "downloadURL", DCAT "downloadUrl"},
    Spelling{DCAT "accessURL", DCAT "accessUrl"},
    Spelling{DCAT "accessURL", SCHEMA "url"},
    Spelling{DCT "format", DC "format"},
    Spelling{DCT "format", SCHEMA "encodingFormat"},
    Spelling{DCT "format", SCHEMA "fileFormat"},
    Spelling{DCAT "mediaType", DCAT "mediatype"},
    Spelling{DCAT "byteSize", SCHEMA "contentSize"},
    Spelling{DCAT "byteSize", DCT "extent"},
    Spelling{DCAT "endpointURL", DCAT "endpointUrl"},
    Spelling{DCAT "endpointURL", "http://www.w3.org/ns/sparql-service-description#endpoint"},
    Spelling{DCAT "endpointURL", SCHEMA "url"},
    Spelling{FOAF "name", SCHEMA "name"},
    Spelling{FOAF "name", SCHEMA "legalName"},
    Spelling{FOAF "name", SKOS "prefLabel"},
    Spelling{FOAF "name", RDFS "label"},
    Spelling{FOAF "name", DCT "title"},
    Spelling{FOAF "name", VCARD "fn"},
    Spelling{FOAF "name", VCARD "organization-name"},
    Spelling{FOAF "mbox", SCHEMA "email"},
    Spelling{FOAF "mbox", VCARD "hasEmail"},
    Spelling{FOAF "mbox", VCARD "email"},
    Spelling{FOAF "homepage", SCHEMA "url"},
    Spelling{FOAF "homepage", VCARD "hasURL"},
    Spelling{FOAF "homepage", FOAF "page"},
    Spelling{VCARD "fn", VCARD "hasFN"},
    Spelling{VCARD "fn", VCARD "organization-name"},
    Spelling{VCARD "fn", VCARD "hasOrganizationName"},
    Spelling{VCARD "fn", FOAF "name"},
    Spelling{VCARD "fn", SCHEMA "name"},
    Spelling{VCARD "fn", RDFS "label"},
    Spelling{VCARD "hasEmail", VCARD "email"},
    Spelling{VCARD "hasEmail", FOAF "mbox"},
    Spelling{VCARD "hasEmail", SCHEMA "email"},
    Spelling{VCARD "hasURL", VCARD "url"},
    Spelling{VCARD "hasURL", VCARD "hasUrl"},
    Spelling{VCARD "hasURL", FOAF "homepage"},
    Spelling{VCARD "hasURL", FOAF "page"},
    Spelling{VCARD "hasURL", SCHEMA "url"},
    Spelling{VCARD "hasTelephone", VCARD "tel"},
    Spelling{VCARD "hasTelephone", VCARD "telephone"},
    Spelling{VCARD "hasTelephone", FOAF "phone"},
    Spelling{VCARD "hasTelephone", SCHEMA "telephone"},
    Spelling{VCARD "hasValue", RDF "value"},
    Spelling{DCAT "startDate", SCHEMA "startDate"},
    Spelling{DCAT "startDate", TIME "hasBeginning"},
    Spelling{DCAT "endDate", SCHEMA "endDate"},
    Spelling{DCAT "endDate", TIME "hasEnd"},
    Spelling{TIME "inXSDDateTime", TIME "inXSDDate"},
    Spelling{TIME "inXSDDateTime", TIME "inXSDDateTimeStamp"},
    Spelling{TIME "inXSDDateTime", TIME "inXSDgYearMonth"},
    Spelling{TIME "inXSDDateTime", TIME "inXSDgYear"},
    Spelling{TIME "inXSDDateTime", RDF "value"},
    Spelling{SKOS "prefLabel", RDFS "label"},
    Spelling{SKOS "prefLabel", DCT "title"},
    Spelling{SKOS "prefLabel", DC "title"},
    Spelling{SKOS "prefLabel", SCHEMA "name"},
    Spelling{SKOS "prefLabel", FOAF "name"},
    Spelling{SKOS "prefLabel", LOCN "geographicName"},
    Spelling{SKOS "prefLabel", "http://www.geonames.org/ontology#name"},
    Spelling{SKOS "prefLabel", LOCN "geographicalName"},
    Spelling{SKOS "prefLabel", "http://dati.gov.it/onto/dcatapit#geographicalIdentifier"},
    Spelling{SKOS "prefLabel", RDF "value"},
    Spelling{SKOS "prefLabel", SKOS "notation"},
    Spelling{SKOS "prefLabel", DCT "description"},
    Spelling{SKOS "notation", SCHEMA "value"},
    Spelling{SKOS "notation", RDF "value"},
    Spelling{SKOS "notation", DCT "identifier"},
    Spelling{LOCN "geometry", GEO "asWKT"},
    Spelling{LOCN "geometry", GEO "hasGeometry"},
    Spelling{LOCN "geometry", GEO "asGeoJSON"},
    Spelling{LOCN "geometry", "http://www.opengis.net/rdf#asWKT"},
    Spelling{LOCN "geometry", DCAT "centroid"},
    Spelling{DCAT "bbox", SCHEMA "box"},
    Spelling{GEO "asWKT", GEO "asGeoJSON"},
    Spelling{GEO "asWKT", RDF "value"},
    Spelling{FOAF "page", SCHEMA "url"},
    Spelling{FOAF "page", FOAF "homepage"},
    Spelling{FOAF "page", RDFS "seeAlso"},
    Spelling{FOAF "page", DCT "source"},
};

}  // namespace

std::vector<std::string_view> spellings(std::string_view property) {
  std::vector<std::string_view> out{property};
  for (const Spelling& row : table) {
    if (row.property == property) out.push_back(row.instead);
  }
  return out;
}

const std::vector<TermId>& Predicates::operator()(std::string_view property) {
  const auto [place, fresh] = known_.try_emplace(property);
  if (!fresh) return place->second;
  const auto note = [&, &ids = place->second](std::string_view text) {
    if (const TermId id = graph_.find_iri(text); id != no_term) ids.push_back(id);
  };
  for (std::string_view spelling : spellings(property)) {
    note(spelling);
    if (spelling.starts_with(SCHEMA)) note("https" + std::string(spelling.substr(4)));
  }
  return place->second;
}

}  // namespace moisson::rdf
