#include "rdf/predicates.h"

#include <moisson/dcat/properties.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <tuple>
#include <unordered_map>

namespace moisson::rdf {
namespace {

#define OWL "http://www.w3.org/2002/07/owl#"
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
    Spelling{DCT "modified", DCT "updated"},
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
    Spelling{DCT "source", "http://www.w3.org/ns/prov#wasDerivedFrom"},
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
    Spelling{SKOS "exactMatch", OWL "sameAs"},
    Spelling{SKOS "notation", SCHEMA "value"},
    Spelling{SKOS "notation", RDF "value"},
    Spelling{SKOS "notation", DCT "identifier"},
    Spelling{LOCN "geometry", GEO "asWKT"},
    Spelling{LOCN "geometry", GEO "hasGeometry"},
    Spelling{LOCN "geometry", GEO "asGeoJSON"},
    Spelling{LOCN "geometry", GEO "asGML"},
    Spelling{LOCN "geometry", "http://www.opengis.net/rdf#asWKT"},
    Spelling{LOCN "geometry", DCAT "centroid"},
    Spelling{DCAT "bbox", SCHEMA "box"},
    Spelling{GEO "asWKT", GEO "asGeoJSON"},
    Spelling{GEO "asWKT", GEO "asGML"},
    Spelling{GEO "asWKT", RDF "value"},
    Spelling{FOAF "page", SCHEMA "url"},
    Spelling{FOAF "page", FOAF "homepage"},
    Spelling{FOAF "page", RDFS "seeAlso"},
    Spelling{FOAF "page", DCT "source"},
};

// A predicate as one of the spellings of a property.
struct Meaning {
  Predicates::Number property;
  std::uint16_t rank;  // among the spellings, from 0
};

// Every property and every predicate that may stand for it, numbered once for the program's life.
class Meanings {
 public:
  static const Meanings& all() {
    static const Meanings meanings;
    return meanings;
  }

  std::size_t properties() const { return numbers_.size(); }
  Predicates::Number number(std::string_view property) const {
    return property.empty() ? static_cast<Predicates::Number>(numbers_.size()) : numbers_.at(property);
  }
  const std::vector<Meaning>& of(std::string_view predicate) const {
    static const std::vector<Meaning> none;
    const auto found = meanings_.find(predicate);
    return found == meanings_.end() ? none : found->second;
  }

 private:
  Meanings() {
    using namespace dcat;
    add<Dataset, DatasetSeries, DataService, Catalog, Distribution, Agent, ContactPoint, Location, PeriodOfTime,
        Checksum>();
    for (const Spelling& row : table) add(row.property);
  }

  template <class... Classes>
  void add() {
    (dcat::for_each_property<Classes>([this](const auto& property) { add(property.iri); }), ...);
  }
  void add(std::string_view property) {
    const auto number = static_cast<Predicates::Number>(numbers_.size());
    if (property.empty() || !numbers_.emplace(property, number).second) return;
    std::uint16_t rank = 0;
    for (const std::string_view spelling : spellings(property)) {
      meanings_[spelling].push_back({number, rank++});
      if (spelling.starts_with(SCHEMA)) {
        secure_.push_back("https" + std::string(spelling.substr(4)));
        meanings_[secure_.back()].push_back({number, rank++});
      }
    }
  }

  std::unordered_map<std::string_view, Predicates::Number> numbers_;
  std::unordered_map<std::string_view, std::vector<Meaning>> meanings_;
  std::deque<std::string> secure_;  // schema.org by https: the keys that no constant holds
};

}  // namespace

std::vector<std::string_view> spellings(std::string_view property) {
  std::vector<std::string_view> out{property};
  for (const Spelling& row : table) {
    if (row.property == property) out.push_back(row.instead);
  }
  return out;
}

Predicates::Number Predicates::number(std::string_view property) { return Meanings::all().number(property); }

Predicates::Predicates(const Graph& graph) : begins_(Meanings::all().properties() + 2) {
  std::vector<std::tuple<Number, std::uint16_t, TermId>> met;
  for (const TermId predicate : graph.predicates()) {
    for (const Meaning& meaning : Meanings::all().of(graph.term(predicate).text))
      met.emplace_back(meaning.property, meaning.rank, predicate);
  }
  std::sort(met.begin(), met.end());
  used_.reserve(met.size());
  for (const auto& [property, rank, predicate] : met) {
    used_.push_back(predicate);
    ++begins_[property + std::size_t{1}];
  }
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
}

std::span<const TermId> Predicates::operator()(Number property) const {
  return std::span(used_).subspan(begins_[property], begins_[property + std::size_t{1}] - begins_[property]);
}

}  // namespace moisson::rdf
