#include "api/ckan_extras.h"

#include "api/ckan_text.h"
#include "dcat/vocabulary.h"

#include <moisson/dcat/properties.h>

#include <fmt/core.h>

#include <optional>
#include <string_view>

namespace moisson::api::ckan {
namespace {

// Gathers extras and leaves the empty ones out.
class Gathering {
 public:
  Gathering(const Package& package, const Context& context) : package_(package), context_(context) {}

  std::vector<Extra> all() {
    const auto& resource = dcat::resource(package_.record);
    add("guid", resource.iri.empty() ? package_.stored.remote_id : resource.iri);
    add("uri", resource.iri);
    add("identifier", resource.identifier);
    add("alternate_identifier", resource.other_identifier);
    add("alternative", resource.alternative);
    add("harvest_source_id", package_.stored.source_id);
    if (const auto& sources = package_.card[search::Field::source]; !sources.empty())
      add("harvest_source_title", sources.front().label);
    auto trail = package_.stored.trail;
    trail.push_back(context_.links.dataset(package_.stored.id));
    add("harvest_trail", trail);
    add("issued", resource.issued);
    add("modified", resource.modified);
    add("language", stated(resource.language));
    add("metadata_language", words_language(package_, context_));
    add("theme", resource.theme);
    add("dcat_type", resource.type);
    add("hvd_category", resource.hvd_category);
    if (resource.licence) add("licence_stated", words_of(*resource.licence));
    add("access_rights", resource.access_rights);
    add("rights", resource.rights);
    add("documentation", resource.documentation);
    add("conforms_to", resource.conforms_to);
    add("related_resource", resource.relation);
    add("source", resource.source);
    add("applicable_legislation", resource.applicable_legislation);
    add("version_notes", resource.version_notes);
    add("provenance", resource.provenance);
    if (!resource.publisher.empty()) add("publisher", resource.publisher.front());
    if (!resource.creator.empty()) add("creator", resource.creator.front());
    if (!resource.contact_point.empty()) add(resource.contact_point.front());
    if (!resource.spatial.empty()) add(resource.spatial.front());
    if (const auto* dataset = std::get_if<dcat::Dataset>(&package_.record)) {
      add("frequency", dataset->frequency);
      add(dataset->temporal);
      add("temporal_resolution", dataset->temporal_resolution);
      if (dataset->spatial_resolution_metres)
        add("spatial_resolution_in_meters", fmt::format("{}", *dataset->spatial_resolution_metres));
      add("in_series", dataset->in_series);
      add("is_version_of", dataset->is_version_of);
      add("sample", dataset->sample);
    } else if (const auto* series = std::get_if<dcat::DatasetSeries>(&package_.record)) {
      add("frequency", series->frequency);
      add(series->temporal);
    } else if (const auto* service = std::get_if<dcat::DataService>(&package_.record)) {
      add("rdf_type", dcat::class_iri<dcat::DataService>);  // CKAN has no type for it: its packages are data sets
      add("endpoint_url", service->endpoint_url);
      add("endpoint_description", service->endpoint_description);
      add("serves_dataset", service->serves_dataset);
      add("status", service->status);
    }
    return std::move(extras_);
  }

 private:
  void add(std::string_view key, std::string_view value) {
    if (!value.empty()) extras_.push_back({std::string(key), std::string(value)});
  }
  void add(std::string_view key, const std::string& value) { add(key, std::string_view(value)); }

  // One value as itself, more as a JSON list.
  void add(std::string_view key, const std::vector<std::string>& values) {
    if (values.size() == 1) return add(key, values.front());
    if (values.empty()) return;
    json::Writer list;
    list.begin_array();
    for (const auto& value : values) list.string(value);
    list.end_array();
    add(key, list.text());
  }

  void add(std::string_view key, const std::vector<dcat::Iri>& iris) {
    std::vector<std::string> values;
    for (const auto& iri : iris) values.push_back(iri.value);
    add(key, values);
  }

  void add(std::string_view key, const std::vector<dcat::Concept>& concepts) {
    std::vector<std::string> values;
    for (const auto& each : concepts)
      if (auto word = word_of(each); !word.empty()) values.push_back(std::move(word));
    add(key, values);
  }

  void add(std::string_view key, const std::optional<dcat::Concept>& stated) {
    if (stated) add(key, word_of(*stated));
  }

  void add(std::string_view key, const std::optional<Moment>& moment) {
    if (moment) add(key, format_moment(*moment));
  }

  void add(std::string_view key, const LangStrings& texts) { add(key, text_of(texts)); }

  void add(const std::string& prefix, const dcat::Agent& agent) {
    add(prefix + "_name", text_of(agent.name));
    add(prefix + "_uri", agent.iri);
    add(prefix + "_email", agent.email);
    add(prefix + "_url", agent.homepage);
    add(prefix + "_type", agent.type);
    add(prefix + "_identifier", agent.identifier);
  }

  void add(const dcat::ContactPoint& contact) {
    add("contact_name", text_of(contact.name));
    add("contact_uri", contact.iri);
    add("contact_email", contact.email);
    add("contact_url", contact.url);
    add("contact_phone", contact.telephone);
  }

  void add(const dcat::Location& place) {
    add("spatial_uri", place.iri);
    add("spatial_text", text_of(place.label));
    if (place.geometry.starts_with('{')) return add("spatial", place.geometry);
    if (!place.bbox) return;
    const auto& [west, south, east, north] = *place.bbox;
    add("spatial",
        fmt::format("{{\"type\":\"Polygon\",\"coordinates\":[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]}}",
                    west, south, east, north));
  }

  void add(const std::vector<dcat::PeriodOfTime>& periods) {
    if (periods.empty()) return;
    add("temporal_start", periods.front().start);
    add("temporal_end", periods.front().end);
  }

  // What we concluded is not said in the publisher's name: their own words are.
  static std::string word_of(const dcat::Concept& stated) {
    if (!stated.iri.empty() && !stated.guessed) return stated.iri;
    return stated.label.empty() ? std::string() : stated.label.front().value;
  }

  // The publisher's words for a licence, where license_id and license_title say ours.
  static std::string words_of(const dcat::Concept& licence) {
    if (licence.label.empty() || dcat::licence(licence) == nullptr) return {};
    json::Writer out;
    out.begin_array();
    for (const auto& label : licence.label)
      out.begin_object().field("value", label.value).field("lang", label.language).end_object();
    return out.end_array().take();
  }

  std::string_view text_of(const LangStrings& texts) const { return ckan::text_of(texts, package_, context_); }

  // Without the language that we told from the words: whoever reads them tells it anew.
  static std::vector<dcat::Concept> stated(std::vector<dcat::Concept> languages) {
    std::erase_if(languages, [](const dcat::Concept& language) { return language.guessed; });
    return languages;
  }

  const Package& package_;
  const Context& context_;
  std::vector<Extra> extras_;
};

}  // namespace

std::vector<Extra> extras_of(const Package& package, const Context& context) {
  return Gathering(package, context).all();
}

void write_extras(json::Writer& out, const Package& package, const Context& context) {
  out.key("extras").begin_array();
  for (const auto& extra : extras_of(package, context))
    out.begin_object().field("key", extra.key).field("value", extra.value).end_object();
  out.end_array();
}

}  // namespace moisson::api::ckan
