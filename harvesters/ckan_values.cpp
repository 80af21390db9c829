#include "harvesters/ckan_values.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "harvesters/geojson.h"

#include <algorithm>
#include <cmath>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_geometry = 100'000;  // bytes
constexpr std::size_t max_tags = 1'000;

constexpr std::string_view themes = "theme dcat_theme";
constexpr std::string_view place_texts = "spatial_text spatial-text spatial_zones geographic_coverage spatial_coverage";

std::string joined(std::string_view prefix, std::string_view name) { return std::string(prefix) + std::string(name); }

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

// ckanext-spatial's four edges.
std::optional<dcat::BoundingBox> edges(JsonReader& reader) {
  if (!reader.has("bbox-west-long") || !reader.has("bbox-east-long") || !reader.has("bbox-south-lat") ||
      !reader.has("bbox-north-lat")) {
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

}  // namespace

JsonReader ckan_reader(const PortalContext& context, json::View object, std::string pointer,
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

std::vector<dcat::Agent> ckan_agent(JsonReader& reader, std::string_view prefix) {
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

std::vector<dcat::Agent> ckan_publisher(JsonReader& reader, json::View package) {
  if (auto stated = ckan_agent(reader, "publisher_"); !stated.empty()) return stated;
  const json::View organization = package["organization"];
  dcat::Agent agent;
  if (organization.is(json::Kind::object)) {
    JsonReader owner = ckan_reader(reader.context(), organization, "/organization", reader.findings());
    agent.name = owner.literals("title_translated title display_name name");
    if (std::string id = owner.text("id"); !id.empty()) agent.identifier.push_back(std::move(id));
    reader.use("organization");
    owner.tell();
  } else {
    if (organization.exists() && !organization.is(json::Kind::null)) {
      reader.found("type_wrong", "organization",
                   "an object was expected, not " + std::string(json::to_string(organization.kind())));
    }
    agent.name = reader.literals("author");
  }
  if (agent.name.empty()) return {};
  return {std::move(agent)};
}

std::vector<dcat::ContactPoint> ckan_contacts(JsonReader& reader) {
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

std::optional<dcat::Concept> ckan_licence(JsonReader& reader) {
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
  if (is_of_moisson(reader) && dcat::licence(term) != nullptr) term.label = stated_words(reader);
  return term;
}

LangStrings ckan_keywords(JsonReader& reader, json::View package) {
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

std::vector<dcat::Concept> ckan_themes(JsonReader& reader) {
  auto made = reader.terms(themes);
  for (const json::View group : reader.array("groups")) {
    JsonReader read = ckan_reader(reader.context(), group, "/groups", reader.findings());
    dcat::Concept term;
    term.label = group.is(json::Kind::object) ? read.literals("title_translated title display_name name")
                                              : reader.literal(reader.clean(group.text(), "groups", 400));
    // The groups of a catalog of this program are its themes again: those that it states, or has concluded.
    if (const auto* known = is_of_moisson(reader) ? dcat::theme(term) : nullptr) {
      if (std::none_of(made.begin(), made.end(), [&](const auto& stated) { return dcat::theme(stated) == known; }))
        made.push_back({dcat::theme_iri(known->key), {}, true});
    } else if (!term.label.empty()) {
      made.push_back(std::move(term));
    }
  }
  return made;
}

std::vector<dcat::Location> ckan_places(JsonReader& reader) {
  dcat::Location place;
  if (const std::string uri = reader.text("spatial_uri"); is_iri(uri)) place.iri = uri;
  place.label = reader.literals(place_texts);
  const std::string geometry = reader.text("spatial spatial_bbox spatial_geom", json::max_bytes);
  if (geometry.starts_with('{')) {
    const auto parsed = json::Document::parse(geometry);
    if (parsed) place.bbox = bounding_box(parsed->root());
    if (!place.bbox)
      reader.found("geometry_unreadable", "spatial", "not a GeoJSON geometry in WGS 84 degrees", "see RFC 7946");
  } else if (!geometry.empty() && place.label.empty()) {
    is_iri(geometry) ? void(place.iri = geometry)
                     : void(place.label = reader.literal(std::string(cut(geometry, 4'000))));
  }
  if (place.bbox && geometry.size() <= max_geometry) place.geometry = geometry;
  if (place.bbox && geometry.size() > max_geometry) {
    reader.found("text_cut", "spatial", "the geometry exceeds 100,000 bytes; only its box is kept", "simplify it");
  }
  if (!place.bbox) place.bbox = edges(reader);
  if (place.iri.empty() && place.label.empty() && !place.bbox) return {};
  return {std::move(place)};
}

}  // namespace moisson::harvesters
