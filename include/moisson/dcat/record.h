// The catalog's nouns as values: DCAT 3 / DCAT-AP 3. Every literal keeps every language it came in.
// Each class's properties, with the IRI and documentation of each, are one table in properties.h; canonical JSON,
// content hash, the RDF mapping both ways and the documentation all walk that table. Values; thread-compatible.
#pragma once

#include <moisson/core/lang_string.h>
#include <moisson/core/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace moisson::dcat {

// An IRI as harvested, resolved against its document; not necessarily dereferenceable.
struct Iri {
  std::string value;
  auto operator<=>(const Iri&) const = default;
};

// A term of a vocabulary: the IRI where one was given, the label where only words were given ("CSV", "Licence Ouverte").
struct Concept {
  std::string iri;
  LangStrings label;
  bool guessed = false;  // we chose the IRI from a table; the publisher did not state it
  auto operator<=>(const Concept&) const = default;
};

// foaf:Agent: who publishes or creates.
struct Agent {
  std::string iri;
  LangStrings name;
  std::string email;  // without "mailto:"
  std::string homepage;
  std::vector<Concept> type;
  std::vector<std::string> identifier;  // SIREN, SIRET, portal id
  std::string key;  // ours, one for every spelling of the body (src/dcat/publisher.h); empty: not normalised
  // We concluded from the name which body it is; the publisher stated neither its number nor its IRI.
  bool guessed = false;
  auto operator<=>(const Agent&) const = default;
};

// vcard:Kind: whom to write to.
struct ContactPoint {
  std::string iri;
  LangStrings name;
  std::string email;  // without "mailto:"
  std::string url;
  std::string telephone;  // without "tel:"
  auto operator<=>(const ContactPoint&) const = default;
};

// dct:PeriodOfTime. An open end is left out.
struct PeriodOfTime {
  std::optional<Moment> start;
  std::optional<Moment> end;
  auto operator<=>(const PeriodOfTime&) const = default;
};

// WGS 84 degrees, west may exceed east across the antimeridian.
struct BoundingBox {
  double west = 0, south = 0, east = 0, north = 0;
  auto operator<=>(const BoundingBox&) const = default;
};

// dct:Location.
struct Location {
  std::string iri;
  LangStrings label;
  std::string geometry;  // WKT, GeoJSON or GML as received
  std::optional<BoundingBox> bbox;
  // Our keys of what is stated above (src/dcat/territory.h); several for a list of names.
  std::vector<std::string> territory;
  bool guessed = false;  // taken from the publisher or the source, not from the record
  auto operator<=>(const Location&) const = default;
};

// spdx:Checksum.
struct Checksum {
  std::string algorithm;
  std::string value;
  auto operator<=>(const Checksum&) const = default;
};

// dcat:Distribution: one file, or one way to reach the data.
struct Distribution {
  std::string iri;
  LangStrings title;
  LangStrings description;
  std::vector<Iri> access_url;
  std::vector<Iri> download_url;
  std::optional<Concept> format;
  std::optional<Concept> media_type;
  std::optional<Concept> licence;
  LangStrings rights;
  std::optional<std::uint64_t> byte_size;
  std::optional<Checksum> checksum;
  std::optional<Moment> issued;
  std::optional<Moment> modified;
  std::vector<Concept> language;
  std::vector<Iri> conforms_to;
  std::vector<Iri> access_service;  // dcat:DataService that serves it
  std::optional<Concept> availability;
  std::optional<Concept> compress_format;
  std::optional<Concept> package_format;
  auto operator<=>(const Distribution&) const = default;
};

// dcat:Resource: what data sets, series and services have in common.
struct Resource {
  std::string iri;
  std::vector<std::string> identifier;        // dct:identifier
  std::vector<std::string> other_identifier;  // adms:identifier
  LangStrings title;
  LangStrings alternative;  // other names and acronyms ("RNA")
  LangStrings description;
  LangStrings keyword;
  std::vector<Concept> theme;
  std::vector<Concept> type;
  std::vector<Agent> publisher;
  std::vector<Agent> creator;
  std::vector<ContactPoint> contact_point;
  std::optional<Moment> issued;
  std::optional<Moment> modified;
  std::vector<Concept> language;
  std::optional<Concept> licence;
  std::optional<Concept> access_rights;
  LangStrings rights;
  std::vector<Iri> landing_page;
  std::vector<Iri> documentation;  // foaf:page
  std::vector<Iri> conforms_to;
  std::vector<Iri> relation;
  std::vector<Iri> source;
  std::vector<Location> spatial;
  std::string version;
  LangStrings version_notes;
  LangStrings provenance;
  std::vector<Iri> applicable_legislation;  // dcatap:applicableLegislation
  std::vector<Concept> hvd_category;        // dcatap:hvdCategory
  auto operator<=>(const Resource&) const = default;
};

struct Dataset : Resource {
  std::vector<Distribution> distribution;
  std::optional<Concept> frequency;  // dct:accrualPeriodicity
  std::vector<PeriodOfTime> temporal;
  std::string temporal_resolution;                  // xsd:duration
  std::optional<double> spatial_resolution_metres;  // dcat:spatialResolutionInMeters
  std::vector<Iri> in_series;
  std::vector<Iri> is_version_of;
  std::vector<Iri> sample;
  auto operator<=>(const Dataset&) const = default;
};

struct DatasetSeries : Resource {
  std::optional<Concept> frequency;
  std::vector<PeriodOfTime> temporal;
  auto operator<=>(const DatasetSeries&) const = default;
};

struct DataService : Resource {
  std::vector<Iri> endpoint_url;
  std::vector<Iri> endpoint_description;
  std::vector<Iri> serves_dataset;
  std::optional<Concept> status;  // adms:status: whether it runs, as its publisher tells
  auto operator<=>(const DataService&) const = default;
};

// dcat:Catalog: the listing that a source publishes, and the one that we publish.
struct Catalog {
  std::string iri;
  LangStrings title;
  LangStrings description;
  std::vector<Agent> publisher;
  std::string homepage;
  std::vector<Concept> language;
  std::optional<Concept> licence;
  std::optional<Moment> issued;
  std::optional<Moment> modified;
  auto operator<=>(const Catalog&) const = default;
};

// What a catalog record can be about. The order is the order of ResourceType.
using Record = std::variant<Dataset, DatasetSeries, DataService>;
enum class ResourceType : std::uint8_t { dataset, series, service };

inline ResourceType type_of(const Record& record) { return static_cast<ResourceType>(record.index()); }
std::string_view to_string(ResourceType type);  // "dataset", "series", "service": the API's words

// What all three have in common. The reference is into `record`.
const Resource& resource(const Record& record);
Resource& resource(Record& record);

// The distributions of a data set; empty for the other two. The reference is into `record`, or to a constant.
const std::vector<Distribution>& distributions(const Record& record);

// Language to read the record in: its one stated dct:language, else the title's in which most of its texts are, else empty. BCP 47.
std::string main_language(const Record& record);

}  // namespace moisson::dcat
