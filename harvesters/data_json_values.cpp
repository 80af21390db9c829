#include "harvesters/data_json_values.h"

#include "core/text.h"
#include "core/url.h"
#include "rdf/geometry.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_geometry = 100'000;  // bytes kept
constexpr int max_parents = 10;                // of subOrganizationOf

std::string quoted(std::string_view value) { return "\"" + shorten(clean_utf8(value.substr(0, 1'000)), 120) + "\""; }

// An @id that names something; "_:b0" names nothing outside its document.
std::string iri_of(json::View object) {
  for (const std::string_view name : {"@id", "id", "uri"}) {
    if (const auto iri = object[name].string(); iri && is_iri(*iri) && !iri->starts_with("_:"))
      return std::string(*iri);
  }
  return {};
}

// The name of an organisation, or where it has none, of the one it belongs to.
json::View named(json::View organisation) {
  for (int i = 0; i < max_parents; ++i) {
    for (const std::string_view name : {"name", "prefLabel", "title", "fn", "source"}) {
      if (const auto text = organisation[name].string(); text && !trim(*text).empty()) return organisation;
    }
    if (!organisation["subOrganizationOf"].is(json::Kind::object)) break;
    organisation = organisation["subOrganizationOf"];
  }
  return {};
}

// "-74.2,40.5,-73.7,40.9": west, south, east, north (Project Open Data 1.1, spatial).
std::optional<dcat::BoundingBox> four_numbers(std::string_view text) {
  double edge[4];
  std::size_t count = 0;
  for (const std::string_view part : split(text, ',')) {
    const auto digits = trim(part);
    if (count == 4) return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), edge[count++]);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  }
  const bool degrees = count == 4 && std::abs(edge[0]) <= 180 && std::abs(edge[2]) <= 180 && std::abs(edge[1]) <= 90 &&
                       std::abs(edge[3]) <= 90 && edge[1] <= edge[3];
  if (!degrees) return std::nullopt;
  return dcat::BoundingBox{edge[0], edge[1], edge[2], edge[3]};
}

bool only_numbers(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,-+eE \t") == std::string_view::npos;
}

// A geometry as a text or as GeoJSON. False: it is none.
bool take_geometry(dcat::Location& place, const std::string& geometry) {
  place.bbox = four_numbers(geometry);
  if (place.bbox) return true;
  place.bbox = rdf::bounds(geometry);
  if (place.bbox && geometry.size() <= max_geometry) place.geometry = geometry;
  return place.bbox.has_value();
}

std::optional<dcat::Location> place_of(JsonReader& reader, std::string_view name, json::View value) {
  dcat::Location place;
  if (value.is(json::Kind::object)) {
    if (value["coordinates"].exists() || value["geometries"].exists()) {
      if (take_geometry(place, value.dump())) return place;
      reader.found("geometry_unreadable", name, "not a GeoJSON geometry in WGS 84 degrees: " + quoted(value.dump()),
                   "see RFC 7946");
      return std::nullopt;
    }
    place.iri = iri_of(value);
    JsonReader read(reader.context(), value, reader.place(name), reader.findings());
    place.label = read.literals("prefLabel name title geographicIdentifier label");
    for (const std::string_view member : {"bbox", "geometry", "centroid"}) {
      const json::View geometry = value[member];
      if (place.bbox || !geometry.exists() || geometry.is(json::Kind::null)) continue;
      const std::string text = geometry.is(json::Kind::object) ? geometry.dump() : geometry.text();
      if (!take_geometry(place, text))
        read.found("geometry_unreadable", member, "not a geometry in WGS 84 degrees: " + quoted(text));
    }
  } else {
    std::string text = value.text();
    if (const auto trimmed = trim(text); trimmed.size() != text.size()) text = std::string(trimmed);
    if (text.empty()) return std::nullopt;
    if (take_geometry(place, text)) return place;
    if (rdf::geometry_notation(text) || text.starts_with('[') || text.starts_with('{') || text.starts_with('<') ||
        only_numbers(text)) {
      reader.found("geometry_unreadable", name, "neither a place nor a geometry in WGS 84 degrees: " + quoted(text),
                   "write it as west,south,east,north, as GeoJSON, or as the name of the place");
      return std::nullopt;
    }
    if (is_iri(text)) {
      place.iri = std::move(text);
    } else {
      place.label = reader.literal(reader.clean(text, name, 4'000));
    }
  }
  if (place.iri.empty() && place.label.empty() && !place.bbox) return std::nullopt;
  return place;
}

std::optional<Moment> edge_of(JsonReader& reader, std::string_view name, std::string_view text) {
  text = trim(text);
  if (text.empty() || text == "..") return std::nullopt;
  if (auto moment = parse_moment(text)) return *moment;
  reader.found("date_unreadable", name, "not a date: " + quoted(text), "write the period as 2024-01-01/2024-12-31");
  return std::nullopt;
}

std::optional<dcat::PeriodOfTime> period_of(JsonReader& reader, std::string_view name, json::View value) {
  dcat::PeriodOfTime period;
  if (value.is(json::Kind::object)) {
    JsonReader read(reader.context(), value, reader.place(name), reader.findings());
    period = {read.moment("startDate start hasBeginning"), read.moment("endDate end hasEnd")};
  } else {
    const std::string text = value.text();
    const auto slash = text.find('/');
    if (slash == std::string::npos) {
      period.start = period.end = edge_of(reader, name, text);
    } else {
      period.start = edge_of(reader, name, std::string_view(text).substr(0, slash));
      period.end = edge_of(reader, name, std::string_view(text).substr(slash + 1));
    }
  }
  if (!period.start && !period.end) return std::nullopt;
  return period;
}

}  // namespace

std::string text_of(json::View value) {
  if (!value.is(json::Kind::object)) return std::string(trim(value.text()));
  for (const std::string_view name :
       {"@id", "accessURL", "downloadURL", "notation", "prefLabel", "title", "name", "label"}) {
    if (std::string text(trim(value[name].text())); !text.empty()) return text;
  }
  return {};
}

std::vector<dcat::Concept> data_json_terms(JsonReader& reader, std::string_view names) {
  std::vector<dcat::Concept> made;
  for (const json::View value : reader.values(names)) {
    dcat::Concept term;
    if (value.is(json::Kind::object)) {
      term.iri = iri_of(value);
      JsonReader read(reader.context(), value, reader.place(names), reader.findings());
      term.label = read.literals("prefLabel label title name notation");
    } else if (std::string text = reader.clean(value.text(), names, 4'000); is_iri(text)) {
      term.iri = std::move(text);
    } else {
      term.label = reader.literal(std::move(text));
    }
    if (!term.iri.empty() || !term.label.empty()) made.push_back(std::move(term));
  }
  return made;
}

std::optional<dcat::Concept> data_json_term(JsonReader& reader, std::string_view names) {
  auto all = data_json_terms(reader, names);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

std::vector<dcat::Iri> data_json_iris(JsonReader& reader, std::string_view names) {
  std::vector<dcat::Iri> made;
  for (const json::View value : reader.values(names)) {
    std::string text = text_of(value);
    if (text.empty()) continue;
    if (!is_iri(text)) {
      if (const auto url = parse_url(text); url && is_web_url(url->text())) text = url->text();
    }
    if (is_iri(text)) {
      made.push_back({std::move(text)});
    } else {
      reader.found("iri_invalid", names, "not an IRI: " + quoted(text), "give an absolute address");
    }
  }
  return made;
}

LangStrings data_json_words(JsonReader& reader, std::string_view names, std::size_t max_bytes) {
  LangStrings made;
  for (const json::View value : reader.values(names)) {
    std::string text = reader.clean(text_of(value), names, max_bytes);
    if (!text.empty()) made.push_back({std::move(text), reader.context().language});
  }
  return made;
}

std::vector<dcat::Agent> data_json_agents(JsonReader& reader, std::string_view name) {
  std::vector<dcat::Agent> made;
  for (const json::View value : reader.values(name)) {
    dcat::Agent agent;
    if (!value.is(json::Kind::object)) {
      agent.name = reader.literal(reader.clean(value.text(), name, 1'000));
    } else {
      const json::View organisation = named(value);
      JsonReader read(reader.context(), organisation, reader.place(name), reader.findings());
      agent.iri = iri_of(organisation);
      agent.name = read.literals("name prefLabel title fn source", 1'000);
      agent.email = read.email("mbox hasEmail email");
      if (auto homepage = read.link("homepage url")) agent.homepage = std::move(homepage->value);
      agent.identifier = read.list("identifier notation");
      read.use("@id @type id uri");
      read.tell();
    }
    if (!agent.name.empty() || !agent.iri.empty()) made.push_back(std::move(agent));
  }
  return made;
}

std::vector<dcat::ContactPoint> data_json_contacts(JsonReader& reader) {
  std::vector<dcat::ContactPoint> made;
  for (const json::View value : reader.values("contactPoint")) {
    dcat::ContactPoint contact;
    if (value.is(json::Kind::object)) {
      JsonReader read(reader.context(), value, reader.place("contactPoint"), reader.findings());
      contact.iri = iri_of(value);
      contact.name = read.literals("fn name organization-name", 1'000);
      contact.email = read.email("hasEmail mbox email");
      if (auto url = read.link("hasURL url")) contact.url = std::move(url->value);
      contact.telephone = read.text("hasTelephone tel telephone", 100);
      if (iequals_ascii(std::string_view(contact.telephone).substr(0, 4), "tel:")) contact.telephone.erase(0, 4);
      read.use("@id @type");
      read.tell();
    } else {
      contact.name = reader.literal(reader.clean(value.text(), "contactPoint", 1'000));
      contact.email = reader.email("mbox");  // Project Open Data 1.0
    }
    if (!contact.name.empty() || !contact.email.empty() || !contact.url.empty()) made.push_back(std::move(contact));
  }
  return made;
}

std::vector<dcat::Location> data_json_places(JsonReader& reader, std::string_view name) {
  std::vector<dcat::Location> made;
  for (const json::View value : reader.values(name)) {
    if (auto place = place_of(reader, name, value)) made.push_back(std::move(*place));
  }
  return made;
}

std::vector<dcat::PeriodOfTime> data_json_periods(JsonReader& reader, std::string_view name) {
  std::vector<dcat::PeriodOfTime> made;
  for (const json::View value : reader.values(name)) {
    if (auto period = period_of(reader, name, value)) made.push_back(*period);
  }
  return made;
}

}  // namespace moisson::harvesters
