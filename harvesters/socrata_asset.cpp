#include "harvesters/socrata_asset.h"

#include "core/text.h"
#include "core/url.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_description = 100'000;  // bytes

// Views of a data set, and pages about it, are no data sets of their own.
constexpr std::string_view foreign_types[] = {"calendar", "chart",   "datalens", "filter",       "form",
                                              "map",      "measure", "story",    "visualization"};

struct Export {
  std::string_view ending;
  std::string_view format;
  std::string_view media_type;
};
constexpr Export exports[] = {{"csv", "CSV", "text/csv"}, {"json", "JSON", "application/json"}};

std::string domain_of(json::View asset) { return std::string(trim(asset["metadata"]["domain"].text())); }
std::string four_by_four(json::View asset) { return std::string(trim(asset["resource"]["id"].text())); }

// Sites keep what their data sets are asked to state in fields of their own making ("Update_Update-Frequency").
std::string domain_field(json::View asset, std::string_view ending) {
  for (const json::View field : asset["classification"]["domain_metadata"].items()) {
    const auto key = lower_ascii(field["key"].text());
    if (key.ends_with(ending)) return std::string(trim(field["value"].text()));
  }
  return {};
}

std::vector<dcat::Distribution> distributions(json::View asset, const std::string& page) {
  const json::View resource = asset["resource"];
  const std::string base = "https://" + domain_of(asset);
  const std::string id = percent_encode(four_by_four(asset));
  std::vector<dcat::Distribution> made;
  const auto add = [&](std::string url, std::string_view format, std::string_view media_type) {
    dcat::Distribution one;
    one.access_url.push_back({page});
    one.download_url.push_back({std::move(url)});
    if (!format.empty()) one.format = dcat::Concept{"", {{std::string(format), ""}}};
    if (!media_type.empty()) one.media_type = dcat::Concept{"", {{std::string(media_type), ""}}};
    made.push_back(std::move(one));
  };
  const std::string view = resource["lens_view_type"].text();
  if (view == "tabular") {
    for (const Export& row : exports)
      add(base + "/api/views/" + id + "/rows." + std::string(row.ending) + "?accessType=DOWNLOAD", row.format,
          row.media_type);
  } else if (view == "blobby") {
    add(base + "/download/" + id, "", resource["blob_mime_type"].text());
  } else if (view == "geo") {
    add(base + "/api/geospatial/" + id + "?method=export&format=GeoJSON", "GeoJSON", "application/geo+json");
  } else {
    dcat::Distribution one;
    one.access_url.push_back({page});
    made.push_back(std::move(one));
  }
  return made;
}

}  // namespace

bool is_socrata_asset(json::View element) {
  return element["resource"].is(json::Kind::object) && element["metadata"]["domain"].is(json::Kind::string) &&
         element["resource"]["id"].is(json::Kind::string);
}

std::string socrata_id(json::View asset) { return domain_of(asset) + "/" + four_by_four(asset); }

std::string socrata_skip_reason(json::View asset) {
  const auto type = asset["resource"]["type"].string().value_or("");
  for (const auto foreign : foreign_types) {
    if (type == foreign) return "type " + std::string(foreign);
  }
  return {};
}

void map_socrata_asset(harvest::HarvestedRecord& made, JsonReader& reader, json::View asset) {
  JsonReader resource(reader.context(), asset["resource"], "/resource", reader.findings());
  JsonReader classification(reader.context(), asset["classification"], "/classification", reader.findings());
  dcat::Dataset dataset;
  const auto page = reader.link("permalink link");
  dataset.iri = page ? page->value : "https://" + made.remote_id;
  made.remote_url = dataset.iri;
  dataset.landing_page.push_back({dataset.iri});
  dataset.identifier.push_back(four_by_four(asset));
  dataset.title = resource.literals("name");
  if (dataset.title.empty()) {
    dataset.title = reader.literal(made.remote_id);
    resource.found("title_missing", "name", "the asset has no name; its id stands for it", "give it a name");
  }
  dataset.description = resource.literals("description", max_description);
  for (const std::string_view names : {"tags", "domain_tags"}) {
    for (std::string& word : classification.list(names))
      dataset.keyword.push_back({std::move(word), reader.context().language});
  }
  dataset.theme = classification.terms("domain_category");
  for (dcat::Concept& term : classification.terms("categories")) dataset.theme.push_back(std::move(term));
  dcat::Agent publisher;
  publisher.name = resource.literals("attribution");
  if (publisher.name.empty())
    publisher.name = reader.literal(reader.clean(asset["owner"]["display_name"].text(), "owner", 1'000));
  if (auto home = resource.link("attribution_link")) publisher.homepage = std::move(home->value);
  if (!publisher.name.empty()) dataset.publisher.push_back(std::move(publisher));
  if (std::string email = resource.email("contact_email"); !email.empty()) {
    dcat::ContactPoint contact;
    contact.email = std::move(email);
    dataset.contact_point.push_back(std::move(contact));
  }
  dataset.issued = resource.moment("publication_date createdAt");
  dataset.modified = resource.moment("data_updated_at updatedAt");
  if (asset["metadata"]["license"].is(json::Kind::string))
    dataset.licence =
        dcat::Concept{"", reader.literal(reader.clean(asset["metadata"]["license"].text(), "metadata", 400))};
  if (std::string often = domain_field(asset, "frequency"); !often.empty())
    dataset.frequency = dcat::Concept{"", reader.literal(reader.clean(often, "classification", 200))};
  dataset.distribution = distributions(asset, dataset.iri);
  const auto views = asset["resource"]["page_views"]["page_views_total"].integer();
  if (views && *views >= 0) made.popularity = static_cast<std::uint64_t>(*views);
  made.record = std::move(dataset);
}

}  // namespace moisson::harvesters
