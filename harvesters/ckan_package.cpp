#include "harvesters/ckan_package.h"

#include <moisson/dcat/properties.h>

#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "harvesters/json_reader.h"
#include "harvesters/geojson.h"

#include <algorithm>
#include <cmath>

namespace moisson::harvesters {
namespace {

using dcat::Dataset;
using dcat::Distribution;
using dcat::Resource;

constexpr std::size_t max_description = 100'000;  // bytes
constexpr std::size_t max_geometry = 100'000;
constexpr std::size_t max_resources = 10'000;
constexpr std::size_t max_tags = 1'000;

// Types that are no data: sources of ckanext-harvest, articles of ckanext-showcase and -pages.
constexpr std::string_view foreign_types[] = {"harvest", "harvest_source", "showcase", "page", "application"};

// States that a portal shows to its editors only.
constexpr std::string_view hidden_states[] = {"draft", "deleted", "draft-complete"};

// A field's first name is ckanext-dcat's, then come those of other extensions and
// portals (ckanext-spatial: bbox-…, frequency-of-update; udata's CKAN export: temporal_coverage_…; DKAN: accrual_periodicity).
namespace names {
constexpr std::string_view issued = "issued dcat_issued";
constexpr std::string_view modified = "modified dcat_modified";
constexpr std::string_view frequency = "frequency accrual_periodicity accrualPeriodicity frequency-of-update update_frequency";
constexpr std::string_view language = "language metadata-language metadata_language";
constexpr std::string_view theme = "theme dcat_theme";
constexpr std::string_view temporal_start = "temporal_start temporal_coverage_start temporal-extent-begin temporal_coverage_from";
constexpr std::string_view temporal_end = "temporal_end temporal_coverage_end temporal-extent-end temporal_coverage_to";
constexpr std::string_view spatial_text = "spatial_text spatial-text spatial_zones geographic_coverage spatial_coverage";
constexpr std::string_view alternative = "alternative alternate_title alternative_title acronym";
constexpr std::string_view other_identifier = "alternate_identifier guid harvest_remote_id harvest_source_reference";
constexpr std::string_view source = "source harvest_remote_url";
// Of a catalog of this program: it says each date and identifier in a field of its own, so that CKAN's fields, which must be
// filled, stand for nothing more than themselves.
constexpr std::string_view trail = "harvest_trail";
// Of the record that an aggregator took: guid is what ckanext-spatial and ckanext-dcat keep of it, harvest_… udata's and
// its CKAN export's; some write them with a colon or a dot.
constexpr std::string_view origin_ids[] = {"guid", "harvest_remote_id harvest:remote_id harvest.remote_id harvest_source_reference",
                                           "harvest_uri harvest:uri harvest.uri",
                                           "harvest_dct_identifier harvest:dct_identifier harvest.dct_identifier"};
constexpr std::string_view origin_url = "harvest_remote_url harvest:remote_url harvest.remote_url harvest_url";
constexpr std::string_view origin_portal = "harvest_domain harvest:domain harvest.domain harvest_source_url";
}  // namespace names

std::string text_of(json::View object, std::string_view key) {
  return std::string(trim(object[key].text()));
}

bool is_true(json::View value) {
  return value.boolean().value_or(false) || iequals_ascii(value.string().value_or(""), "true");
}

// The reader of a package, organization, group or resource, with its extras: a list of {key, value} since CKAN 1.x, an
// object in older and other portals, null where there are none.
JsonReader reader_of(const PortalContext& context, json::View object, std::string pointer,
                     std::vector<dcat::Finding>& findings) {
  constexpr std::size_t max_extras = 2'000;
  const json::View extras = object["extras"];
  std::vector<JsonReader::Extra> read;
  const std::size_t count = std::min(extras.size(), max_extras);
  read.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (extras.is(json::Kind::array)) {
      read.push_back({extras[i]["key"].string().value_or(""), extras[i]["value"]});
    } else {
      read.push_back({extras.key(i), extras.member(i)});
    }
  }
  return {context, object, std::move(pointer), findings, std::move(read)};
}

std::string joined(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + std::string(name);
}

// ckanext-dcat flattens an agent to publisher_name, publisher_uri …
std::vector<dcat::Agent> flattened_agent(JsonReader& reader, std::string_view prefix) {
  dcat::Agent agent;
  agent.name = reader.literals(joined(prefix, "name"));
  if (agent.name.empty()) return {};
  const std::string uri = reader.text(joined(prefix, "uri"));
  if (is_iri(uri)) agent.iri = uri;
  agent.email = reader.email(joined(prefix, "email"));
  if (auto homepage = reader.link(joined(prefix, "url"))) agent.homepage = std::move(homepage->value);
  agent.type = reader.terms(joined(prefix, "type"));
  agent.identifier = reader.list(joined(prefix, "identifier"));
  return {std::move(agent)};
}

std::vector<dcat::Agent> publisher(JsonReader& reader, json::View package) {
  if (auto stated = flattened_agent(reader, "publisher_"); !stated.empty()) return stated;
  const json::View organization = package["organization"];
  dcat::Agent agent;
  if (organization.is(json::Kind::object)) {
    JsonReader owner = reader_of(reader.context(), organization, "/organization", reader.findings());
    agent.name = owner.literals("title_translated title display_name name");
    if (std::string id = owner.text("id"); !id.empty()) agent.identifier.push_back(std::move(id));
    reader.use("organization");
    owner.tell();
  } else {
    if (organization.exists() && !organization.is(json::Kind::null)) {
      reader.found("type_wrong", "organization", "an object was expected, not " + std::string(json::to_string(organization.kind())));
    }
    agent.name = reader.literals("author");
  }
  if (agent.name.empty()) return {};
  return {std::move(agent)};
}

std::vector<dcat::ContactPoint> contact_point(JsonReader& reader) {
  dcat::ContactPoint contact;
  const auto read = [&](std::string_view name, std::string_view email) {
    contact.name = reader.literals(name);
    contact.email = reader.email(email);
    return !contact.name.empty() || !contact.email.empty();
  };
  if (read("contact_name", "contact_email contact-email")) {
    if (const std::string uri = reader.text("contact_uri"); is_iri(uri)) contact.iri = uri;
    if (auto url = reader.link("contact_url")) contact.url = std::move(url->value);
    contact.telephone = reader.text("contact_phone");
  } else if (!read("maintainer", "maintainer_email") && !read("author", "author_email")) {
    return {};
  }
  return {std::move(contact)};
}

// The publisher's words for a licence that a catalog of this program calls by the name that all catalogs of it give it.
LangStrings stated_words(JsonReader& reader) {
  LangStrings made;
  const auto words = json::Document::parse(reader.text("licence_stated", 4'000));
  if (!words) return made;
  for (const json::View word : words->root().items())
    if (std::string value = reader.clean(word["value"].text(), "licence_stated", 400); !value.empty())
      made.push_back({std::move(value), language_tag(word["lang"].text())});
  return made;
}

std::optional<dcat::Concept> licence(JsonReader& reader) {
  dcat::Concept term;
  if (const std::string url = reader.text("license_url"); is_iri(url)) term.iri = url;
  const std::string id = reader.text("license_id license");
  term.label = reader.literals("license_title");
  // The id is the portal's word where the title is only its translation: both are kept.
  if (is_iri(id) && term.iri.empty()) {
    term.iri = id;
  } else if (!id.empty() && (term.label.empty() || term.label.front().value != id)) {
    term.label.push_back({id, {}});
  }
  if (term.iri.empty() && term.label.empty()) return std::nullopt;
  if (reader.has(names::trail) && dcat::licence(term) != nullptr) term.label = stated_words(reader);
  return term;
}

LangStrings keywords(JsonReader& reader, json::View package) {
  LangStrings made;
  if (const json::View translated = package["tags_translated"]; translated.is(json::Kind::object)) {
    for (std::size_t i = 0; i < translated.size(); ++i) {
      for (const json::View word : translated.member(i).items()) {
        if (made.size() >= max_tags) return made;
        std::string value = reader.clean(word.text(), "tags_translated", 200);
        if (!value.empty()) made.push_back({std::move(value), language_tag(translated.key(i))});
      }
    }
    reader.use("tags_translated");
    if (!made.empty()) return made;
  }
  for (const json::View tag : reader.array("tags")) {
    if (made.size() >= max_tags) {
      reader.found("list_cut", "tags", "more than 1,000 tags; the first are kept");
      break;
    }
    std::string value;
    if (tag.is(json::Kind::object)) {
      const auto shown = tag["display_name"].string();
      value = reader.clean(shown && !shown->empty() ? *shown : tag["name"].string().value_or(""), "tags", 200);
    } else {
      value = reader.clean(tag.text(), "tags", 200);
    }
    if (!value.empty()) made.push_back({std::move(value), reader.context().language});
  }
  return made;
}

std::vector<dcat::Concept> themes(JsonReader& reader) {
  auto made = reader.terms(names::theme);
  for (const json::View group : reader.array("groups")) {
    JsonReader read = reader_of(reader.context(), group, "/groups", reader.findings());
    dcat::Concept term;
    term.label = group.is(json::Kind::object) ? read.literals("title_translated title display_name name")
                                              : reader.literal(reader.clean(group.text(), "groups", 400));
    // The groups of a catalog of this program are its themes again: those that it states, or has concluded.
    if (const auto* known = reader.has(names::trail) ? dcat::theme(term) : nullptr) {
      if (std::none_of(made.begin(), made.end(), [&](const auto& stated) { return dcat::theme(stated) == known; }))
        made.push_back({dcat::theme_iri(known->key), {}, true});
    } else if (!term.label.empty()) {
      made.push_back(std::move(term));
    }
  }
  return made;
}

// ckanext-spatial's four edges.
std::optional<dcat::BoundingBox> edges(JsonReader& reader) {
  if (!reader.has("bbox-west-long") || !reader.has("bbox-east-long") || !reader.has("bbox-south-lat") || !reader.has("bbox-north-lat")) {
    return std::nullopt;
  }
  const auto west = reader.number("bbox-west-long"), south = reader.number("bbox-south-lat");
  const auto east = reader.number("bbox-east-long"), north = reader.number("bbox-north-lat");
  if (!west || !south || !east || !north || *south > *north || std::abs(*south) > 90 || std::abs(*north) > 90 ||
      std::abs(*west) > 180 || std::abs(*east) > 180) {
    return std::nullopt;
  }
  return dcat::BoundingBox{*west, *south, *east, *north};
}

std::vector<dcat::Location> spatial(JsonReader& reader) {
  dcat::Location place;
  if (const std::string uri = reader.text("spatial_uri"); is_iri(uri)) place.iri = uri;
  place.label = reader.literals(names::spatial_text);
  const std::string geometry = reader.text("spatial spatial_bbox spatial_geom", json::max_bytes);
  if (geometry.starts_with('{')) {
    const auto parsed = json::Document::parse(geometry);
    if (parsed) place.bbox = bounding_box(parsed->root());
    if (!place.bbox) reader.found("geometry_unreadable", "spatial", "not a GeoJSON geometry in WGS 84 degrees", "see RFC 7946");
  } else if (!geometry.empty() && place.label.empty()) {
    is_iri(geometry) ? void(place.iri = geometry) : void(place.label = reader.literal(std::string(cut(geometry, 4'000))));
  }
  if (place.bbox && geometry.size() <= max_geometry) place.geometry = geometry;
  if (place.bbox && geometry.size() > max_geometry) {
    reader.found("text_cut", "spatial", "the geometry exceeds 100,000 bytes; only its box is kept", "simplify it");
  }
  if (!place.bbox) place.bbox = edges(reader);
  if (place.iri.empty() && place.label.empty() && !place.bbox) return {};
  return {std::move(place)};
}

std::optional<dcat::Checksum> checksum(JsonReader& reader) {
  dcat::Checksum sum{reader.text("hash_algorithm checksum_algorithm", 200), reader.text("hash checksum", 400)};
  if (sum.value.empty()) return std::nullopt;
  // "sha1:ab12…", and CKAN's own bare MD5 or SHA-1 by its length.
  if (const auto colon = sum.value.find(':'); colon != std::string::npos && sum.algorithm.empty()) {
    sum.algorithm = sum.value.substr(0, colon);
    sum.value.erase(0, colon + 1);
  }
  if (sum.algorithm.empty()) {
    sum.algorithm = sum.value.size() == 32 ? "md5" : sum.value.size() == 40 ? "sha1" : sum.value.size() == 64 ? "sha256" : "";
  }
  return sum;
}

Distribution distribution(JsonReader& reader, json::View resource, const std::string& dataset_iri, bool ours) {
  Distribution made;
  if (const std::string uri = reader.text("uri"); is_iri(uri)) {
    made.iri = uri;
  } else if (const std::string id = text_of(resource, "id"); !id.empty() && !ours) {
    made.iri = dataset_iri + "/resource/" + percent_encode(id);
  }
  made.title = reader.literals("name_translated name title");
  made.description = reader.literals("description_translated description", max_description);
  if (auto url = reader.link(ours ? "access_url" : "access_url url")) made.access_url.push_back(std::move(*url));
  if (auto url = reader.link("download_url")) {
    made.download_url.push_back(std::move(*url));
  } else if (!made.access_url.empty() && (resource["url_type"].string() == "upload" ||
                                          resource["resource_type"].string().value_or("").starts_with("file"))) {
    made.download_url = made.access_url;
  }
  if (std::string format = reader.text(ours ? "format_stated format" : "format", 200); !format.empty()) {
    made.format = dcat::Concept{};
    is_iri(format) ? void(made.format->iri = std::move(format)) : void(made.format->label = {{std::move(format), {}}});
  }
  if (std::string type = reader.text("mimetype", 200); !type.empty()) {
    made.media_type = dcat::Concept{};
    is_iri(type) ? void(made.media_type->iri = std::move(type)) : void(made.media_type->label = {{std::move(type), {}}});
  }
  made.licence = reader.term("license license_url");
  made.rights = reader.literals("rights");
  made.byte_size = reader.size("size");
  made.checksum = checksum(reader);
  made.issued = reader.moment(ours ? "issued" : "issued created");
  made.modified = reader.moment(ours ? "modified" : "modified last_modified metadata_modified");
  made.language = reader.terms("language");
  made.conforms_to = reader.iris("conforms_to");
  made.availability = reader.term("availability");
  made.compress_format = reader.term("compress_format");
  made.package_format = reader.term("package_format");
  return made;
}

std::vector<Distribution> distributions(JsonReader& reader, const std::string& dataset_iri) {
  std::vector<Distribution> made;
  const auto resources = reader.array("resources");
  made.reserve(std::min(resources.size(), max_resources));
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (made.size() >= max_resources) {
      reader.found("list_cut", "resources", "more than 10,000 resources; the first are kept");
      break;
    }
    JsonReader read = reader_of(reader.context(), resources[i], "/resources/" + std::to_string(i), reader.findings());
    if (!resources[i].is(json::Kind::object)) {
      reader.found("type_wrong", "resources", "resource " + std::to_string(i) + " is no object");
    } else if (resources[i]["state"].string() != "deleted") {
      made.push_back(distribution(read, resources[i], dataset_iri, reader.has(names::trail)));
      read.use("id url_type resource_type state");
      read.tell();
    }
  }
  return made;
}

std::vector<dcat::PeriodOfTime> temporal(JsonReader& reader) {
  dcat::PeriodOfTime period{reader.moment(names::temporal_start), reader.moment(names::temporal_end)};
  if (!period.start && !period.end) return {};
  return {period};
}

harvest::StatedOrigin origin(JsonReader& reader) {
  harvest::StatedOrigin made;
  for (const auto names : names::origin_ids)
    for (auto& id : reader.list(names)) made.ids.push_back(std::move(id));
  made.urls = reader.list(names::trail);
  if (std::string url = reader.text(names::origin_url); !url.empty()) made.urls.insert(made.urls.begin(), std::move(url));
  made.portal = reader.text(names::origin_portal);
  return made;
}

void fill_resource(Resource& out, JsonReader& reader, json::View package, const std::string& id, const std::string& page) {
  const std::string uri = reader.text("uri");
  out.iri = is_iri(uri) ? uri : reader.context().base + "/dataset/" + percent_encode(id);
  const bool ours = reader.has(names::trail);
  out.identifier = reader.list("identifier");
  if (out.identifier.empty() && !ours) out.identifier.push_back(id);
  out.other_identifier = reader.list(ours ? "alternate_identifier" : names::other_identifier);
  out.alternative = reader.literals(names::alternative);
  out.description = reader.literals("notes_translated notes", max_description);
  out.keyword = keywords(reader, package);
  out.theme = themes(reader);
  out.type = reader.terms("dcat_type");
  out.publisher = publisher(reader, package);
  out.creator = flattened_agent(reader, "creator_");
  out.contact_point = contact_point(reader);
  const bool dated = ours || reader.has(names::issued), changed = ours || reader.has(names::modified);
  out.issued = reader.moment(dated ? names::issued : "metadata_created");
  out.modified = reader.moment(changed ? names::modified : "metadata_modified");
  out.language = reader.terms(ours ? "language" : names::language);
  out.licence = licence(reader);
  out.access_rights = reader.term("access_rights");
  out.rights = reader.literals("rights");
  if (auto url = reader.link("url")) out.landing_page.push_back(std::move(*url));
  if (out.landing_page.empty() && !ours) out.landing_page.push_back({page});
  out.documentation = reader.iris("documentation");
  out.conforms_to = reader.iris("conforms_to");
  out.relation = reader.iris("related_resource");
  out.source = reader.iris(names::source);
  out.spatial = spatial(reader);
  out.version = reader.text("version dcat_version", 200);
  out.version_notes = reader.literals("version_notes");
  out.provenance = reader.literals("provenance");
  out.applicable_legislation = reader.iris("applicable_legislation");
  out.hvd_category = reader.terms("hvd_category");
}

Error failure(std::string_view cause, std::string_view name, std::string message, std::string hint) {
  return {ErrorCode::invalid_input, std::move(message), "/" + std::string(name), std::move(hint), std::string(cause)};
}

// The language of the words: the one that the package states, if it is one. Without one, normalisation tells. A catalog
// of this program says the language of the words apart from that of the data.
std::string language_of(json::View package) {
  std::vector<dcat::Finding> unread;
  const PortalContext context;
  JsonReader reader = reader_of(context, package, "", unread);
  const auto stated = reader.list(reader.has(names::trail) ? "metadata_language" : names::language);
  if (stated.size() == 1) {
    if (auto tag = language_tag(stated.front()); !tag.empty()) return tag;
  }
  return {};
}

}  // namespace

std::string ckan_package_id(json::View package) {
  std::string id = text_of(package, "id");
  return id.empty() ? text_of(package, "name") : id;
}

std::string ckan_package_title(json::View package) {
  return shorten(clean_utf8(cut(package["title"].string().value_or(package["name"].string().value_or("")), 2'000)), 200);
}

std::optional<std::uint64_t> ckan_popularity(json::View package) {
  const auto total = package["tracking_summary"]["total"].integer();
  if (!total || *total < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*total);
}

std::string ckan_skip_reason(json::View package) {
  if (is_true(package["private"])) return "private";
  const auto state = package["state"].string().value_or("active");
  for (const auto hidden : hidden_states) {
    if (state == hidden) return "state " + std::string(hidden);
  }
  const auto type = package["type"].string().value_or("dataset");
  for (const auto foreign : foreign_types) {
    if (type == foreign) return "type " + std::string(foreign);
  }
  return {};
}

std::string ckan_portal(std::string_view api_url) {
  auto base = api_url.substr(0, api_url.find("/api/"));
  while (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base);
}

Result<harvest::HarvestedRecord> map_ckan_package(const harvest::HarvestSource&, json::View package,
                                                  harvest::RawSource&& raw, dcat::MappingReport* mapping) {
  if (!package.is(json::Kind::object)) return failure("not_a_record", "", "a package is an object", "");
  harvest::HarvestedRecord made;
  made.remote_id = ckan_package_id(package);
  if (made.remote_id.empty()) return failure("id_missing", "id", "the id is missing", "give it an id");
  if (made.remote_id.size() > 2'000) return failure("too_large", "id", "the id exceeds 2,000 bytes", "");

  const PortalContext context{ckan_portal(raw.page_url), language_of(package), mapping};
  if (mapping != nullptr) mapping->begin_record(made.remote_id);
  JsonReader reader = reader_of(context, package, "", made.findings);
  Dataset dataset;
  dataset.title = reader.literals("title_translated title");
  if (dataset.title.empty()) {
    const json::View title = package["title"];
    if (title.is(json::Kind::array))
      return failure("title_missing", "title", "the title is an array, not text", "give the data set a title");
    return failure("title_missing", "title", "the title is missing", "give the data set a title");
  }
  const std::string name = text_of(package, "name");
  made.remote_url = context.base + "/dataset/" + percent_encode(name.empty() ? made.remote_id : name);
  fill_resource(dataset, reader, package, made.remote_id, made.remote_url);
  made.popularity = ckan_popularity(package);
  made.trail = reader.list(names::trail);
  made.origin = origin(reader);

  if (package["type"].string() == "dataset_series") {
    dcat::DatasetSeries series;
    static_cast<Resource&>(series) = std::move(dataset);
    series.frequency = reader.term(names::frequency);
    series.temporal = temporal(reader);
    made.record = std::move(series);
  } else if (reader.has(names::trail) && reader.text("rdf_type") == dcat::class_iri<dcat::DataService>) {
    dcat::DataService service;
    static_cast<Resource&>(service) = std::move(dataset);
    service.endpoint_url = reader.iris("endpoint_url");
    service.endpoint_description = reader.iris("endpoint_description");
    service.serves_dataset = reader.iris("serves_dataset");
    service.status = reader.term("status");
    reader.use("resources");
    made.record = std::move(service);
  } else {
    dataset.distribution = distributions(reader, dataset.iri);
    dataset.frequency = reader.term(names::frequency);
    dataset.temporal = temporal(reader);
    dataset.temporal_resolution = reader.text("temporal_resolution", 100);
    dataset.spatial_resolution_metres = reader.number("spatial_resolution_in_meters");
    if (reader.has(names::trail)) dataset.in_series = reader.iris("in_series");
    dataset.is_version_of = reader.iris("is_version_of");
    dataset.sample = reader.iris("sample");
    made.record = std::move(dataset);
  }
  reader.use("id name state private type tracking_summary metadata_language");
  reader.tell();
  made.raw = std::move(raw);
  return made;
}

}  // namespace moisson::harvesters
