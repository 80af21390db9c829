#include "harvesters/data_json_record.h"

#include "core/hash.h"
#include "core/text.h"
#include "core/url.h"
#include "harvesters/data_json_values.h"
#include "harvesters/json_mend.h"
#include "harvesters/json_reader.h"
#include "harvesters/socrata_asset.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

using dcat::Dataset;
using dcat::Distribution;
using dcat::Resource;
using dcat::ResourceType;

constexpr std::size_t max_description = 100'000;  // bytes
constexpr std::size_t max_keywords = 1'000;
constexpr std::size_t max_distributions = 10'000;

// A type as any of its spellings: "Dataset", "dcat:Dataset", "http://www.w3.org/ns/dcat#Dataset".
bool has_type(json::View element, std::string_view name) {
  const auto is = [&](json::View type) { return type.string().value_or("").ends_with(name); };
  const json::View type = element["@type"];
  if (!type.is(json::Kind::array)) return is(type);
  const auto types = type.items();
  return std::any_of(types.begin(), types.end(), is);
}

ResourceType type_of(json::View element, std::string_view pointer) {
  if (has_type(element, "DatasetSeries")) return ResourceType::series;
  if (has_type(element, "DataService")) return ResourceType::service;
  if (has_type(element, "Dataset")) return ResourceType::dataset;
  const std::string_view array = pointer.substr(0, pointer.rfind('/'));
  if (array.ends_with("/datasetSeries")) return ResourceType::series;
  if (array.ends_with("/service")) return ResourceType::service;
  return ResourceType::dataset;
}

// The IRI of what the catalog calls `id`: the id itself where it is one, else a fragment of the catalog's address, so
// that isPartOf and the record it names agree.
std::string iri_of(const PortalContext& context, const std::string& id) {
  return is_iri(id) ? id : context.base + "#" + percent_encode(id);
}

LangStrings keywords(JsonReader& reader) {
  LangStrings made;
  const auto values = reader.values("keyword", max_keywords);
  const auto take = [&](std::string_view word) {
    if (made.size() == max_keywords) return;
    std::string value = reader.clean(word, "keyword", 200);
    if (!value.empty()) made.push_back({std::move(value), reader.context().language});
  };
  // A lone text holds several (Project Open Data 1.0).
  if (values.size() == 1 && !reader.array_stands_at("keyword") && values[0].is(json::Kind::string)) {
    for (const std::string_view word : split(*values[0].string(), ',')) take(word);
    return made;
  }
  for (const json::View value : values) take(text_of(value));
  return made;
}

// accessLevel of Project Open Data 1.1; its three words are those of the EU access rights.
std::optional<dcat::Concept> access_rights(JsonReader& reader) {
  if (auto stated = data_json_term(reader, "accessRights")) return stated;
  const std::string level = reader.text("accessLevel", 200);
  if (level.empty()) return std::nullopt;
  dcat::Concept term;
  term.label = {{level, "en"}};
  const std::string_view code = level == "public"              ? "PUBLIC"
                                : level == "restricted public" ? "RESTRICTED"
                                : level == "non-public"        ? "NON_PUBLIC"
                                                               : "";
  if (!code.empty()) {
    term.iri = "http://publications.europa.eu/resource/authority/access-right/" + std::string(code);
    term.guessed = true;
  }
  return term;
}

std::optional<dcat::Checksum> checksum(JsonReader& reader, json::View object) {
  const json::View value = object["checksum"];
  if (!value.is(json::Kind::object)) return std::nullopt;
  dcat::Checksum sum{text_of(value["algorithm"]), std::string(trim(value["checksumValue"].text()))};
  if (sum.value.empty()) reader.found("type_wrong", "checksum", "a checksum without a value");
  return sum.value.empty() ? std::nullopt : std::optional(sum);
}

// A word without language: formats and media types are codes.
std::optional<dcat::Concept> code(JsonReader& reader, std::string_view names) {
  auto term = data_json_term(reader, names);
  if (term) {
    for (LangString& label : term->label) label.language.clear();
  }
  return term;
}

void take_links(JsonReader& reader, std::string_view name, std::vector<dcat::Iri>& out) {
  for (const json::View value : reader.values(name)) {
    if (auto link = reader.link_of(text_of(value), name)) out.push_back(std::move(*link));
  }
}

Distribution distribution(JsonReader& reader, json::View object) {
  Distribution made;
  if (const std::string id = object["@id"].text(); is_iri(id) && !id.starts_with("_:")) made.iri = id;
  made.title = reader.literals("title");
  made.description = reader.literals("description", max_description);
  take_links(reader, "accessURL", made.access_url);
  take_links(reader, "downloadURL", made.download_url);
  made.format = code(reader, "format");
  made.media_type = code(reader, "mediaType");
  made.licence = data_json_term(reader, "license");
  made.rights = data_json_words(reader, "rights");
  made.byte_size = reader.size("byteSize");
  made.checksum = checksum(reader, object);
  made.issued = reader.moment("issued");
  made.modified = reader.moment("modified");
  made.language = data_json_terms(reader, "language");
  made.conforms_to = data_json_iris(reader, "conformsTo");
  made.access_service = data_json_iris(reader, "accessService");
  made.availability = data_json_term(reader, "availability");
  made.compress_format = code(reader, "compressFormat");
  made.package_format = code(reader, "packageFormat");
  return made;
}

std::vector<Distribution> distributions(JsonReader& reader, json::View element) {
  std::vector<Distribution> made;
  const auto values = reader.values("distribution", max_distributions);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string place = "/distribution/" + std::to_string(i);
    if (!values[i].is(json::Kind::object)) {
      reader.found("type_wrong", "distribution", "distribution " + std::to_string(i) + " is no object");
      continue;
    }
    JsonReader read(reader.context(), values[i], place, reader.findings());
    Distribution one = distribution(read, values[i]);
    if (one.access_url.empty() && one.download_url.empty())
      read.found("url_missing", "accessURL", "the distribution has neither downloadURL nor accessURL", "give it one");
    read.use("@id @type checksum");
    read.tell();
    made.push_back(std::move(one));
  }
  // Project Open Data 1.0 describes one file, and one service, in the data set itself.
  if (made.empty() && reader.has("accessURL downloadURL")) made.push_back(distribution(reader, element));
  if (reader.has("webService")) {
    Distribution service;
    take_links(reader, "webService", service.access_url);
    if (!service.access_url.empty()) made.push_back(std::move(service));
  }
  for (Distribution& one : made) {
    if (&one == &made.front() && values.empty()) one.title.clear(), one.description.clear(), one.iri.clear();
  }
  return made;
}

void fill_resource(Resource& out, JsonReader& reader, json::View element, const std::string& id) {
  const std::string own = element["@id"].text();
  out.iri = is_iri(own) && !own.starts_with("_:") ? own
            : id.starts_with("content:")          ? ""
                                                  : iri_of(reader.context(), id);
  for (const json::View value : reader.values("identifier")) {
    if (std::string text = text_of(value); !text.empty()) out.identifier.push_back(std::move(text));
  }
  for (const json::View value : reader.values("otherIdentifier")) {
    if (std::string text = text_of(value); !text.empty()) out.other_identifier.push_back(std::move(text));
  }
  out.description = reader.literals("description", max_description);
  out.keyword = keywords(reader);
  out.theme = data_json_terms(reader, "theme");
  for (dcat::Concept& term : data_json_terms(reader, "superTheme")) out.theme.push_back(std::move(term));
  out.publisher = data_json_agents(reader, "publisher");
  out.creator = data_json_agents(reader, "creator");
  out.contact_point = data_json_contacts(reader);
  out.issued = reader.moment("issued");
  if (!reader.text("modified", 200).starts_with("R/")) out.modified = reader.moment("modified");
  out.language = data_json_terms(reader, "language");
  out.licence = data_json_term(reader, "license");
  out.access_rights = access_rights(reader);
  out.rights = data_json_words(reader, "rights");
  for (LangString& comment : data_json_words(reader, "accessLevelComment")) out.rights.push_back(std::move(comment));
  take_links(reader, "landingPage", out.landing_page);
  for (const std::string_view name : {"describedBy", "dataDictionary", "references", "page", "systemOfRecords"}) {
    for (dcat::Iri& page : data_json_iris(reader, name)) out.documentation.push_back(std::move(page));
  }
  out.conforms_to = data_json_iris(reader, "conformsTo");
  out.relation = data_json_iris(reader, "relation");
  out.spatial = data_json_places(reader, "spatial");
  out.version = reader.text("version", 200);
  out.version_notes = reader.literals("versionNotes", max_description);
  out.provenance = data_json_words(reader, "provenance", max_description);
  // An address in the specifications; the Argentine profile names the office that the data came from.
  for (const json::View value : reader.values("source")) {
    const std::string text = text_of(value);
    if (is_iri(text)) {
      out.source.push_back({text});
    } else if (!text.empty()) {
      out.provenance.push_back({reader.clean(text, "source", 4'000), reader.context().language});
    }
  }
}

// "modified": "R/P1W" says how often, not when (Project Open Data 1.1, modified).
std::optional<dcat::Concept> frequency(JsonReader& reader) {
  if (auto stated = data_json_term(reader, "accrualPeriodicity")) return stated;
  std::string modified = reader.text("modified", 200);
  if (!modified.starts_with("R/")) return std::nullopt;
  return dcat::Concept{"", {{std::move(modified), ""}}, true};
}

void fill_dataset(Dataset& out, JsonReader& reader, json::View element) {
  out.distribution = distributions(reader, element);
  out.frequency = frequency(reader);
  out.temporal = data_json_periods(reader, "temporal");
  out.temporal_resolution = reader.text("temporalResolution", 100);
  out.spatial_resolution_metres = reader.number("spatialResolutionInMeters");
  for (const std::string_view name : {"isPartOf", "inSeries"}) {
    for (const json::View value : reader.values(name)) {
      if (const std::string id = text_of(value); !id.empty()) out.in_series.push_back({iri_of(reader.context(), id)});
    }
  }
  out.is_version_of = data_json_iris(reader, "isVersionOf");
  out.sample = data_json_iris(reader, "sample");
}

std::string language_of(json::View element) {
  const json::View language = element["language"];
  const json::View stated = language.is(json::Kind::array) && language.size() == 1 ? language[0] : language;
  if (auto tag = language_tag(text_of(stated)); !tag.empty()) return tag;
  return {};
}

Error failure(std::string_view cause, std::string_view name, std::string message, std::string hint) {
  return {ErrorCode::invalid_input, std::move(message), "/" + std::string(name), std::move(hint), std::string(cause)};
}

}  // namespace

std::string data_json_id(json::View element) {
  if (is_socrata_asset(element)) return socrata_id(element);
  const json::View identifier = element["identifier"];
  std::string id = text_of(identifier.is(json::Kind::array) ? identifier[0] : identifier);
  if (id.empty()) {
    id = std::string(trim(element["@id"].text()));
    if (id.starts_with("_:")) id.clear();
  }
  if (id.empty()) {
    const json::View page = element["landingPage"];
    id = text_of(page.is(json::Kind::array) ? page[0] : page);
  }
  if (id.empty()) {
    const std::string title = data_json_title(element);
    if (title.empty()) return {};
    id = "content:" + sha256_hex(title + "\n" + text_of(element["publisher"])).substr(0, 32);
  }
  return id.size() <= 2'000 ? id : "sha256:" + sha256_hex(id);
}

std::string data_json_title(json::View element) {
  if (is_socrata_asset(element)) return shorten(clean_utf8(cut(element["resource"]["name"].text(), 2'000)), 200);
  return shorten(clean_utf8(cut(element["title"].text(), 2'000)), 200);
}

std::string data_json_skip_reason(json::View element) {
  return is_socrata_asset(element) ? socrata_skip_reason(element) : std::string();
}

Result<harvest::HarvestedRecord> map_data_json(const harvest::HarvestSource& source, harvest::RawSource&& raw,
                                               dcat::MappingReport* mapping) {
  harvest::HarvestedRecord made;
  const auto parsed = parse_mended(raw.bytes, made.findings);
  if (!parsed) return parsed.error();
  const json::View element = parsed->root();
  if (!element.is(json::Kind::object))
    return failure("not_a_record", "", "a record is an object, not " + std::string(json::to_string(element.kind())),
                   "");
  made.remote_id = data_json_id(element);
  if (made.remote_id.empty())
    return failure("id_missing", "title", "the record has neither identifier nor title", "give it both");

  PortalContext context{std::string(source.url.substr(0, source.url.find('#'))), language_of(element), mapping};
  if (mapping != nullptr) mapping->begin_record(made.remote_id);
  JsonReader reader(context, element, "", made.findings);
  if (is_socrata_asset(element)) {
    map_socrata_asset(made, reader, element);
    reader.tell();
    made.raw = std::move(raw);
    return made;
  }
  Dataset dataset;
  dataset.title = reader.literals("title");
  if (dataset.title.empty())
    return failure("title_missing", "title", "the title is missing", "give the data set a title");
  if (!reader.has("identifier"))
    reader.found("identifier_missing", "identifier",
                 "the record has no identifier; it is known by " +
                     std::string(made.remote_id.starts_with("content:") ? "its title and publisher" : "its address"),
                 "give each data set an identifier that stays");
  fill_resource(dataset, reader, element, made.remote_id);
  if (!dataset.landing_page.empty()) {
    made.remote_url = dataset.landing_page.front().value;
  } else if (is_web_url(made.remote_id)) {
    made.remote_url = made.remote_id;
  }
  switch (type_of(element, raw.pointer)) {
    case ResourceType::dataset:
      fill_dataset(dataset, reader, element);
      made.record = std::move(dataset);
      break;
    case ResourceType::series: {
      dcat::DatasetSeries series;
      static_cast<Resource&>(series) = std::move(dataset);
      series.frequency = frequency(reader);
      series.temporal = data_json_periods(reader, "temporal");
      made.record = std::move(series);
      break;
    }
    case ResourceType::service: {
      dcat::DataService service;
      static_cast<Resource&>(service) = std::move(dataset);
      take_links(reader, "endpointURL", service.endpoint_url);
      service.endpoint_description = data_json_iris(reader, "endpointDescription");
      for (const json::View served : reader.values("servesDataset")) {
        const std::string id = served.is(json::Kind::object) ? data_json_id(served) : text_of(served);
        if (!id.empty()) service.serves_dataset.push_back({iri_of(context, id)});
      }
      made.record = std::move(service);
      break;
    }
  }
  reader.use("@id @type");
  reader.tell();
  made.raw = std::move(raw);
  return made;
}

}  // namespace moisson::harvesters
