#include "web/schema_org.h"

#include "core/json.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"

#include <algorithm>

namespace moisson::web {
namespace {

constexpr std::size_t max_files = 50;
constexpr std::size_t max_description = 5000;  // characters; Google reads 50 to 5,000

void text(json::Writer& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out.field(key, value);
}

std::string_view shown_in(const LangStrings& strings, std::string_view language) {
  const LangString* found = best(strings, language);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

void agents(json::Writer& out, std::string_view key, const std::vector<dcat::Agent>& list, std::string_view language) {
  if (list.empty()) return;
  out.key(key).begin_array();
  for (const auto& agent : list) {
    out.begin_object().field("@type", "Organization");
    text(out, "name", shown_in(agent.name, language));
    text(out, "url", agent.homepage);
    out.end_object();
  }
  out.end_array();
}

void files(json::Writer& out, const dcat::Record& record, std::string_view language) {
  const auto& distributions = dcat::distributions(record);
  if (distributions.empty()) return;
  out.key("distribution").begin_array();
  for (std::size_t i = 0; i < std::min(distributions.size(), max_files); ++i) {
    const auto& file = distributions[i];
    out.begin_object().field("@type", "DataDownload");
    text(out, "name", shown_in(file.title, language));
    const auto& urls = file.download_url.empty() ? file.access_url : file.download_url;
    if (!urls.empty() && is_web_url(urls.front().value)) out.field("contentUrl", urls.front().value);
    if (const auto* format = dcat::format_of(file))
      out.field("encodingFormat", format->media_type.empty() ? format->label : format->media_type);
    if (file.byte_size) out.field("contentSize", std::to_string(*file.byte_size) + " B");
    out.end_object();
  }
  out.end_array();
}

void places(json::Writer& out, const std::vector<dcat::Location>& spatial, std::string_view language) {
  if (spatial.empty()) return;
  out.key("spatialCoverage").begin_array();
  for (const auto& place : spatial) {
    out.begin_object().field("@type", "Place");
    text(out, "name", shown_in(place.label, language));
    if (place.bbox) {
      const auto& box = *place.bbox;
      json::Writer south, west, north, east;
      south.number(box.south), west.number(box.west), north.number(box.north), east.number(box.east);
      out.key("geo").begin_object().field("@type", "GeoShape");
      out.field("box", south.text() + " " + west.text() + " " + north.text() + " " + east.text()).end_object();
    }
    out.end_object();
  }
  out.end_array();
}

void periods(json::Writer& out, const std::vector<dcat::PeriodOfTime>& temporal) {
  for (const auto& period : temporal) {
    if (!period.start && !period.end) continue;
    const auto side = [](const std::optional<Moment>& moment) {
      return moment ? format_moment(*moment) : std::string("..");
    };
    out.field("temporalCoverage", side(period.start) + "/" + side(period.end));
    return;
  }
}

}  // namespace

Html schema_org(const dcat::Record& record, std::string_view address, std::string_view language) {
  const dcat::Resource& common = dcat::resource(record);
  const auto* dataset = std::get_if<dcat::Dataset>(&record);
  json::Writer out;
  out.begin_object().field("@context", "https://schema.org/");
  out.field("@type", dcat::type_of(record) == dcat::ResourceType::service ? "WebAPI" : "Dataset");
  out.field("@id", address).field("url", address);
  text(out, "name", shown_in(common.title, language));
  text(out, "description", shorten(shown_in(common.description, language), max_description));
  text(out, "inLanguage", dcat::main_language(record));
  if (common.issued) out.field("datePublished", format_moment(*common.issued));
  if (common.modified) out.field("dateModified", format_moment(*common.modified));
  if (const auto licence = dcat::licence_of(record)) {
    const auto* known = dcat::licence(*licence);
    text(out, "license", known != nullptr && !known->iri.empty() ? known->iri : std::string_view(licence->iri));
  }
  agents(out, "publisher", common.publisher, language);
  agents(out, "creator", common.creator.empty() ? common.publisher : common.creator, language);
  if (!common.keyword.empty()) {
    out.key("keywords").begin_array();
    for (const auto& keyword : common.keyword) out.string(keyword.value);
    out.end_array();
  }
  if (!common.landing_page.empty() && is_web_url(common.landing_page.front().value))
    out.field("sameAs", common.landing_page.front().value);
  places(out, common.spatial, language);
  if (dataset != nullptr) periods(out, dataset->temporal);
  files(out, record, language);
  out.end_object();
  return {out.take()};
}

}  // namespace moisson::web
