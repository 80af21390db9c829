#include "harvesters/ckan_package.h"

#include <moisson/dcat/properties.h>

#include "core/text.h"
#include "core/url.h"
#include "harvesters/ckan_resource.h"
#include "harvesters/ckan_values.h"

namespace moisson::harvesters {
namespace {

using dcat::Dataset;
using dcat::Resource;

// Types that are no data: sources of ckanext-harvest, articles of ckanext-showcase and -pages.
constexpr std::string_view foreign_types[] = {"harvest", "harvest_source", "showcase", "page", "application"};

// States that a portal shows to its editors only.
constexpr std::string_view hidden_states[] = {"draft", "deleted", "draft-complete"};

// A field's first name is ckanext-dcat's, then come those of other extensions and
// portals (ckanext-spatial: bbox-…, frequency-of-update; udata's CKAN export: temporal_coverage_…; DKAN: accrual_periodicity).
namespace names {
constexpr std::string_view issued = "issued dcat_issued";
constexpr std::string_view modified = "modified dcat_modified";
constexpr std::string_view frequency =
    "frequency accrual_periodicity accrualPeriodicity frequency-of-update update_frequency";
constexpr std::string_view language = "language metadata-language metadata_language";
constexpr std::string_view temporal_start =
    "temporal_start temporal_coverage_start temporal-extent-begin temporal_coverage_from";
constexpr std::string_view temporal_end = "temporal_end temporal_coverage_end temporal-extent-end temporal_coverage_to";
constexpr std::string_view alternative = "alternative alternate_title alternative_title acronym";
constexpr std::string_view other_identifier = "alternate_identifier guid harvest_remote_id harvest_source_reference";
constexpr std::string_view source = "source harvest_remote_url";
// Of the record that an aggregator took: guid is what ckanext-spatial and ckanext-dcat keep of it, harvest_… udata's and
// its CKAN export's; some write them with a colon or a dot.
constexpr std::string_view origin_ids[] = {
    "guid", "harvest_remote_id harvest:remote_id harvest.remote_id harvest_source_reference",
    "harvest_uri harvest:uri harvest.uri", "harvest_dct_identifier harvest:dct_identifier harvest.dct_identifier"};
constexpr std::string_view origin_url = "harvest_remote_url harvest:remote_url harvest.remote_url harvest_url";
constexpr std::string_view origin_portal = "harvest_domain harvest:domain harvest.domain harvest_source_url";
}  // namespace names

std::string text_of(json::View object, std::string_view key) { return std::string(trim(object[key].text())); }

std::vector<dcat::PeriodOfTime> temporal(JsonReader& reader) {
  dcat::PeriodOfTime period{reader.moment(names::temporal_start), reader.moment(names::temporal_end)};
  if (!period.start && !period.end) return {};
  return {period};
}

harvest::StatedOrigin origin(JsonReader& reader) {
  harvest::StatedOrigin made;
  for (const auto names : names::origin_ids)
    for (auto& id : reader.list(names)) made.ids.push_back(std::move(id));
  made.urls = reader.list(ckan_trail);
  if (std::string url = reader.text(names::origin_url); !url.empty())
    made.urls.insert(made.urls.begin(), std::move(url));
  made.portal = reader.text(names::origin_portal);
  return made;
}

void fill_resource(Resource& out, JsonReader& reader, json::View package, const std::string& id,
                   const std::string& page) {
  const std::string uri = reader.text("uri");
  out.iri = is_iri(uri) ? uri : reader.context().base + "/dataset/" + percent_encode(id);
  const bool ours = is_of_moisson(reader);
  out.identifier = reader.list("identifier");
  if (out.identifier.empty() && !ours) out.identifier.push_back(id);
  out.other_identifier = reader.list(ours ? "alternate_identifier" : names::other_identifier);
  out.alternative = reader.literals(names::alternative);
  out.description = reader.literals("notes_translated notes", ckan_max_description);
  out.keyword = ckan_keywords(reader, package);
  out.theme = ckan_themes(reader);
  out.type = reader.terms("dcat_type");
  out.publisher = ckan_publisher(reader, package);
  out.creator = ckan_agent(reader, "creator_");
  out.contact_point = ckan_contacts(reader);
  const bool dated = ours || reader.has(names::issued), changed = ours || reader.has(names::modified);
  out.issued = reader.moment(dated ? names::issued : "metadata_created");
  out.modified = reader.moment(changed ? names::modified : "metadata_modified");
  out.language = reader.terms(ours ? "language" : names::language);
  out.licence = ckan_licence(reader);
  out.access_rights = reader.term("access_rights");
  out.rights = reader.literals("rights");
  if (auto url = reader.link("url")) out.landing_page.push_back(std::move(*url));
  if (out.landing_page.empty() && !ours) out.landing_page.push_back({page});
  out.documentation = reader.iris("documentation");
  out.conforms_to = reader.iris("conforms_to");
  out.relation = reader.iris("related_resource");
  out.source = reader.iris(names::source);
  out.spatial = ckan_places(reader);
  out.version = reader.text("version dcat_version", 200);
  out.version_notes = reader.literals("version_notes");
  out.provenance = reader.literals("provenance");
  out.applicable_legislation = reader.iris("applicable_legislation");
  out.hvd_category = reader.terms("hvd_category");
}

bool is_true(json::View value) {
  return value.boolean().value_or(false) || iequals_ascii(value.string().value_or(""), "true");
}

Error failure(std::string_view cause, std::string_view name, std::string message, std::string hint) {
  return {ErrorCode::invalid_input, std::move(message), "/" + std::string(name), std::move(hint), std::string(cause)};
}

// The language of the words: the one that the package states, if it is one. Without one, normalisation tells. A catalog
// of this program says the language of the words apart from that of the data.
std::string language_of(json::View package) {
  std::vector<dcat::Finding> unread;
  const PortalContext context;
  JsonReader reader = ckan_reader(context, package, "", unread);
  const auto stated = reader.list(is_of_moisson(reader) ? "metadata_language" : names::language);
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
  return shorten(clean_utf8(cut(package["title"].string().value_or(package["name"].string().value_or("")), 2'000)),
                 200);
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
  JsonReader reader = ckan_reader(context, package, "", made.findings);
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
  made.trail = reader.list(ckan_trail);
  made.origin = origin(reader);

  if (package["type"].string() == "dataset_series") {
    dcat::DatasetSeries series;
    static_cast<Resource&>(series) = std::move(dataset);
    series.frequency = reader.term(names::frequency);
    series.temporal = temporal(reader);
    made.record = std::move(series);
  } else if (is_of_moisson(reader) && reader.text("rdf_type") == dcat::class_iri<dcat::DataService>) {
    dcat::DataService service;
    static_cast<Resource&>(service) = std::move(dataset);
    service.endpoint_url = reader.iris("endpoint_url");
    service.endpoint_description = reader.iris("endpoint_description");
    service.serves_dataset = reader.iris("serves_dataset");
    service.status = reader.term("status");
    reader.use("resources");
    made.record = std::move(service);
  } else {
    dataset.distribution = ckan_distributions(reader, dataset.iri);
    dataset.frequency = reader.term(names::frequency);
    dataset.temporal = temporal(reader);
    dataset.temporal_resolution = reader.text("temporal_resolution", 100);
    dataset.spatial_resolution_metres = reader.number("spatial_resolution_in_meters");
    if (is_of_moisson(reader)) dataset.in_series = reader.iris("in_series");
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
