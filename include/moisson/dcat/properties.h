// One table a class: each property's JSON name, IRI, documentation and member. Everything that walks a record
// (canonical JSON both ways, RDF both ways, the documentation, random records in tests) walks these tables,
// so a property is added in one place. Sources: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), DCAT-AP 3.0.
#pragma once

#include <moisson/dcat/record.h>

#include <array>
#include <string_view>
#include <tuple>

namespace moisson::dcat {

namespace ns {
inline constexpr std::string_view dcat = "http://www.w3.org/ns/dcat#";
inline constexpr std::string_view dct = "http://purl.org/dc/terms/";
inline constexpr std::string_view foaf = "http://xmlns.com/foaf/0.1/";
inline constexpr std::string_view vcard = "http://www.w3.org/2006/vcard/ns#";
inline constexpr std::string_view adms = "http://www.w3.org/ns/adms#";
inline constexpr std::string_view spdx = "http://spdx.org/rdf/terms#";
inline constexpr std::string_view dcatap = "http://data.europa.eu/r5r/";
inline constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view rdfs = "http://www.w3.org/2000/01/rdf-schema#";
inline constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema#";
inline constexpr std::string_view locn = "http://www.w3.org/ns/locn#";
inline constexpr std::string_view hydra = "http://www.w3.org/ns/hydra/core#";
inline constexpr std::string_view schema = "http://schema.org/";
inline constexpr std::string_view geosparql = "http://www.opengis.net/ont/geosparql#";
inline constexpr std::string_view prov = "http://www.w3.org/ns/prov#";
inline constexpr std::string_view owl = "http://www.w3.org/2002/07/owl#";
}  // namespace ns

template <class Class, class Value>
struct Property {
  std::string_view name;           // the key in canonical JSON
  std::string_view iri;            // the predicate; empty: our own conclusion, which RDF does not carry
  std::string_view documentation;  // one line, English
  Value Class::*member;
};
template <class C, class V>
Property(std::string_view, std::string_view, std::string_view, V C::*) -> Property<C, V>;

// The table of `Class`: a tuple of Property. Specialised below for each class of record.h.
template <class Class>
inline constexpr auto properties = std::tuple<>{};

// The rdf:type written for `Class`.
template <class Class>
inline constexpr std::string_view class_iri = "";

// Calls visit(property) for each row of the table of `Class`, in table order.
template <class Class, class Visit>
constexpr void for_each_property(Visit&& visit) {
  std::apply([&](const auto&... property) { (visit(property), ...); }, properties<Class>);
}

template <>
inline constexpr std::string_view class_iri<Agent> = "http://xmlns.com/foaf/0.1/Agent";
template <>
inline constexpr auto properties<Agent> = std::tuple{
    Property{"name", "http://xmlns.com/foaf/0.1/name", "What the agent is called.", &Agent::name},
    Property{"email", "http://xmlns.com/foaf/0.1/mbox", "Mail address.", &Agent::email},
    Property{"homepage", "http://xmlns.com/foaf/0.1/homepage", "Its web site.", &Agent::homepage},
    Property{"type", "http://purl.org/dc/terms/type", "Kind of organisation (ADMS publisher type).", &Agent::type},
    Property{"identifier", "http://purl.org/dc/terms/identifier", "SIREN, SIRET or the portal's own id.",
             &Agent::identifier},
    Property{"key", "", "The body's key in this catalog, one for all its spellings.", &Agent::key},
};

template <>
inline constexpr std::string_view class_iri<ContactPoint> = "http://www.w3.org/2006/vcard/ns#Kind";
template <>
inline constexpr auto properties<ContactPoint> = std::tuple{
    Property{"name", "http://www.w3.org/2006/vcard/ns#fn", "Name of the person or service.", &ContactPoint::name},
    Property{"email", "http://www.w3.org/2006/vcard/ns#hasEmail", "Mail address.", &ContactPoint::email},
    Property{"url", "http://www.w3.org/2006/vcard/ns#hasURL", "Contact page.", &ContactPoint::url},
    Property{"telephone", "http://www.w3.org/2006/vcard/ns#hasTelephone", "Telephone number.",
             &ContactPoint::telephone},
};

template <>
inline constexpr std::string_view class_iri<PeriodOfTime> = "http://purl.org/dc/terms/PeriodOfTime";
template <>
inline constexpr auto properties<PeriodOfTime> = std::tuple{
    Property{"start", "http://www.w3.org/ns/dcat#startDate", "First moment covered.", &PeriodOfTime::start},
    Property{"end", "http://www.w3.org/ns/dcat#endDate", "Last moment covered.", &PeriodOfTime::end},
};

template <>
inline constexpr std::string_view class_iri<Location> = "http://purl.org/dc/terms/Location";
template <>
inline constexpr auto properties<Location> = std::tuple{
    Property{"label", "http://www.w3.org/2004/02/skos/core#prefLabel", "Name of the place.", &Location::label},
    Property{"geometry", "http://www.w3.org/ns/locn#geometry", "Geometry, WKT, GeoJSON or GML as received.",
             &Location::geometry},
    Property{"bbox", "http://www.w3.org/ns/dcat#bbox", "Bounding box, WGS 84 degrees.", &Location::bbox},
    Property{"territory", "", "Keys of the territories that this is, as the filter takes them.", &Location::territory},
};

template <>
inline constexpr std::string_view class_iri<Checksum> = "http://spdx.org/rdf/terms#Checksum";
template <>
inline constexpr auto properties<Checksum> = std::tuple{
    Property{"algorithm", "http://spdx.org/rdf/terms#algorithm", "Name of the algorithm.", &Checksum::algorithm},
    Property{"value", "http://spdx.org/rdf/terms#checksumValue", "Hexadecimal value.", &Checksum::value},
};

template <>
inline constexpr std::string_view class_iri<Distribution> = "http://www.w3.org/ns/dcat#Distribution";
template <>
inline constexpr auto properties<Distribution> = std::tuple{
    Property{"title", "http://purl.org/dc/terms/title", "Name of the file.", &Distribution::title},
    Property{"description", "http://purl.org/dc/terms/description", "What it holds.", &Distribution::description},
    Property{"access_url", "http://www.w3.org/ns/dcat#accessURL", "Page or service that gives access.",
             &Distribution::access_url},
    Property{"download_url", "http://www.w3.org/ns/dcat#downloadURL", "The file itself.", &Distribution::download_url},
    Property{"format", "http://purl.org/dc/terms/format", "File type (EU authority table).", &Distribution::format},
    Property{"media_type", "http://www.w3.org/ns/dcat#mediaType", "IANA media type.", &Distribution::media_type},
    Property{"licence", "http://purl.org/dc/terms/license", "Licence of this file.", &Distribution::licence},
    Property{"rights", "http://purl.org/dc/terms/rights", "Rights statement.", &Distribution::rights},
    Property{"byte_size", "http://www.w3.org/ns/dcat#byteSize", "Size in bytes.", &Distribution::byte_size},
    Property{"checksum", "http://spdx.org/rdf/terms#checksum", "Checksum of the file.", &Distribution::checksum},
    Property{"issued", "http://purl.org/dc/terms/issued", "First published.", &Distribution::issued},
    Property{"modified", "http://purl.org/dc/terms/modified", "Last changed by the producer.", &Distribution::modified},
    Property{"language", "http://purl.org/dc/terms/language", "Language of the content.", &Distribution::language},
    Property{"conforms_to", "http://purl.org/dc/terms/conformsTo", "Schema or standard it follows.",
             &Distribution::conforms_to},
    Property{"access_service", "http://www.w3.org/ns/dcat#accessService", "Data service that serves it.",
             &Distribution::access_service},
    Property{"availability", "http://data.europa.eu/r5r/availability", "How long it is planned to stay.",
             &Distribution::availability},
    Property{"compress_format", "http://www.w3.org/ns/dcat#compressFormat", "Compression.",
             &Distribution::compress_format},
    Property{"package_format", "http://www.w3.org/ns/dcat#packageFormat", "Packaging.", &Distribution::package_format},
};

template <>
inline constexpr auto properties<Resource> = std::tuple{
    Property{"identifier", "http://purl.org/dc/terms/identifier", "Identifier given by the publisher.",
             &Resource::identifier},
    Property{"other_identifier", "http://www.w3.org/ns/adms#identifier", "Further identifiers (DOI, inventory number).",
             &Resource::other_identifier},
    Property{"title", "http://purl.org/dc/terms/title", "Title.", &Resource::title},
    Property{"alternative", "http://purl.org/dc/terms/alternative", "Another name, or the acronym.",
             &Resource::alternative},
    Property{"description", "http://purl.org/dc/terms/description", "Description, Markdown or HTML as received.",
             &Resource::description},
    Property{"keyword", "http://www.w3.org/ns/dcat#keyword", "Keyword.", &Resource::keyword},
    Property{"theme", "http://www.w3.org/ns/dcat#theme", "Theme (EU data themes).", &Resource::theme},
    Property{"type", "http://purl.org/dc/terms/type", "Kind of resource.", &Resource::type},
    Property{"publisher", "http://purl.org/dc/terms/publisher", "Who publishes it.", &Resource::publisher},
    Property{"creator", "http://purl.org/dc/terms/creator", "Who made it.", &Resource::creator},
    Property{"contact_point", "http://www.w3.org/ns/dcat#contactPoint", "Whom to write to.", &Resource::contact_point},
    Property{"issued", "http://purl.org/dc/terms/issued", "First published.", &Resource::issued},
    Property{"modified", "http://purl.org/dc/terms/modified", "Last changed by the producer.", &Resource::modified},
    Property{"language", "http://purl.org/dc/terms/language", "Language of the content.", &Resource::language},
    Property{"licence", "http://purl.org/dc/terms/license", "Licence of the whole.", &Resource::licence},
    Property{"access_rights", "http://purl.org/dc/terms/accessRights", "Public, restricted or non-public.",
             &Resource::access_rights},
    Property{"rights", "http://purl.org/dc/terms/rights", "Rights statement.", &Resource::rights},
    Property{"landing_page", "http://www.w3.org/ns/dcat#landingPage", "Its page at the source.",
             &Resource::landing_page},
    Property{"documentation", "http://xmlns.com/foaf/0.1/page", "Documentation.", &Resource::documentation},
    Property{"conforms_to", "http://purl.org/dc/terms/conformsTo", "Standard or schema it follows.",
             &Resource::conforms_to},
    Property{"relation", "http://purl.org/dc/terms/relation", "Related resource.", &Resource::relation},
    Property{"source", "http://purl.org/dc/terms/source", "What it was derived from.", &Resource::source},
    Property{"spatial", "http://purl.org/dc/terms/spatial", "Area covered.", &Resource::spatial},
    Property{"version", "http://www.w3.org/ns/dcat#version", "Version label.", &Resource::version},
    Property{"version_notes", "http://www.w3.org/ns/adms#versionNotes", "What changed in this version.",
             &Resource::version_notes},
    Property{"provenance", "http://purl.org/dc/terms/provenance", "How it came to be.", &Resource::provenance},
    Property{"applicable_legislation", "http://data.europa.eu/r5r/applicableLegislation", "Law that mandates it (ELI).",
             &Resource::applicable_legislation},
    Property{"hvd_category", "http://data.europa.eu/r5r/hvdCategory", "High-value data set category.",
             &Resource::hvd_category},
};

template <>
inline constexpr std::string_view class_iri<Dataset> = "http://www.w3.org/ns/dcat#Dataset";
template <>
inline constexpr auto properties<Dataset> = std::tuple_cat(
    properties<Resource>,
    std::tuple{
        Property{"distribution", "http://www.w3.org/ns/dcat#distribution", "File or access point.",
                 &Dataset::distribution},
        Property{"frequency", "http://purl.org/dc/terms/accrualPeriodicity", "How often it is updated.",
                 &Dataset::frequency},
        Property{"temporal", "http://purl.org/dc/terms/temporal", "Period covered.", &Dataset::temporal},
        Property{"temporal_resolution", "http://www.w3.org/ns/dcat#temporalResolution",
                 "Smallest interval, xsd:duration.", &Dataset::temporal_resolution},
        Property{"spatial_resolution_metres", "http://www.w3.org/ns/dcat#spatialResolutionInMeters",
                 "Smallest distance, metres.", &Dataset::spatial_resolution_metres},
        Property{"in_series", "http://www.w3.org/ns/dcat#inSeries", "Series it belongs to.", &Dataset::in_series},
        Property{"is_version_of", "http://purl.org/dc/terms/isVersionOf", "What it is a version of.",
                 &Dataset::is_version_of},
        Property{"sample", "http://www.w3.org/ns/adms#sample", "Sample distribution.", &Dataset::sample},
    });

template <>
inline constexpr std::string_view class_iri<DatasetSeries> = "http://www.w3.org/ns/dcat#DatasetSeries";
template <>
inline constexpr auto properties<DatasetSeries> = std::tuple_cat(
    properties<Resource>,
    std::tuple{
        Property{"frequency", "http://purl.org/dc/terms/accrualPeriodicity", "How often it is updated.",
                 &DatasetSeries::frequency},
        Property{"temporal", "http://purl.org/dc/terms/temporal", "Period covered.", &DatasetSeries::temporal},
    });

template <>
inline constexpr std::string_view class_iri<DataService> = "http://www.w3.org/ns/dcat#DataService";
template <>
inline constexpr auto properties<DataService> = std::tuple_cat(
    properties<Resource>, std::tuple{
                              Property{"endpoint_url", "http://www.w3.org/ns/dcat#endpointURL",
                                       "Root address of the service.", &DataService::endpoint_url},
                              Property{"endpoint_description", "http://www.w3.org/ns/dcat#endpointDescription",
                                       "Machine-readable description.", &DataService::endpoint_description},
                              Property{"serves_dataset", "http://www.w3.org/ns/dcat#servesDataset",
                                       "Data set it serves.", &DataService::serves_dataset},
                              Property{"status", "http://www.w3.org/ns/adms#status",
                                       "Whether it runs, as its publisher tells.", &DataService::status},
                          });

template <>
inline constexpr std::string_view class_iri<Catalog> = "http://www.w3.org/ns/dcat#Catalog";
template <>
inline constexpr auto properties<Catalog> = std::tuple{
    Property{"title", "http://purl.org/dc/terms/title", "Title.", &Catalog::title},
    Property{"description", "http://purl.org/dc/terms/description", "Description.", &Catalog::description},
    Property{"publisher", "http://purl.org/dc/terms/publisher", "Who publishes it.", &Catalog::publisher},
    Property{"homepage", "http://xmlns.com/foaf/0.1/homepage", "Its web site.", &Catalog::homepage},
    Property{"language", "http://purl.org/dc/terms/language", "Languages of its records.", &Catalog::language},
    Property{"licence", "http://purl.org/dc/terms/license", "Licence of the catalog.", &Catalog::licence},
    Property{"issued", "http://purl.org/dc/terms/issued", "First published.", &Catalog::issued},
    Property{"modified", "http://purl.org/dc/terms/modified", "Last changed.", &Catalog::modified},
};

}  // namespace moisson::dcat
