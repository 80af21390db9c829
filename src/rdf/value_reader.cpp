#include "rdf/value_reader.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "rdf/dcat_ap.h"
#include "rdf/geometry.h"
#include "rdf/gml.h"
#include "rdf/iri.h"
#include "rdf/record_reader.h"

#include <charconv>
#include <cmath>
#include <tuple>

namespace moisson::rdf {
namespace {

constexpr std::size_t max_findings = 100;
const Predicates::Number pref_label = Predicates::number("http://www.w3.org/2004/02/skos/core#prefLabel");
const Predicates::Number exact_match = Predicates::number("http://www.w3.org/2004/02/skos/core#exactMatch");
const Predicates::Number notation = Predicates::number("http://www.w3.org/2004/02/skos/core#notation");
const Predicates::Number has_value = Predicates::number("http://www.w3.org/2006/vcard/ns#hasValue");
const Predicates::Number as_wkt = Predicates::number("http://www.opengis.net/ont/geosparql#asWKT");
const Predicates::Number in_xsd_date_time = Predicates::number("http://www.w3.org/2006/time#inXSDDateTime");
const Predicates::Number foaf_page = Predicates::number("http://xmlns.com/foaf/0.1/page");
constexpr std::string_view mbox = "http://xmlns.com/foaf/0.1/mbox";
constexpr std::string_view has_email = "http://www.w3.org/2006/vcard/ns#hasEmail";
constexpr std::string_view has_telephone = "http://www.w3.org/2006/vcard/ns#hasTelephone";
constexpr std::string_view geometry = "http://www.w3.org/ns/locn#geometry";
constexpr std::string_view license = "http://purl.org/dc/terms/license";
constexpr std::string_view algorithm = "http://spdx.org/rdf/terms#algorithm";

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  if (text.size() > prefix.size() && iequals_ascii(text.substr(0, prefix.size()), prefix))
    text.remove_prefix(prefix.size());
  return text;
}

// spdx:checksumAlgorithm_sha1 and http://…/sha-256 name their algorithm at the end.
std::string_view last_word(std::string_view iri) { return iri.substr(iri.find_last_of("/#_") + 1); }

// The vocabulary's own words for its term, which every page may repeat, say nothing of this record; nor does the end of
// its address.
void drop_vocabulary_labels(dcat::Concept& value) {
  if (value.iri.empty() || value.label.empty()) return;
  std::erase_if(value.label, [](const LangString& label) { return label.language == no_language; });
  const dcat::Term* theme = dcat::theme({value.iri, {}, false});
  if (theme == nullptr || dcat::theme_iri(theme->key) != value.iri) return;
  std::erase_if(value.label, [theme](const LangString& label) {
    return (label.language == "fr" && label.value == theme->label_fr) ||
           (label.language == "en" && label.value == theme->label_en);
  });
}

// Of several licences: one that the table knows before one that it does not, one that stands at an address before words
// (GeoNetwork writes every restriction code of ISO 19115 as one: "copyright", "license").
int licence_rank(const dcat::Concept& stated) {
  return (dcat::licence(stated) != nullptr ? 2 : 0) + (stated.iri.empty() ? 0 : 1);
}

// GeoNetwork describes organisations on the pages of a catalog and not in the document of one record, where their names
// stand in nothing but their addresses ("…/srv/resources/organizations/Ville%20de%20Nantes").
std::string name_in_address(std::string_view iri) {
  constexpr std::string_view folder = "/organizations/";
  const auto at = iri.rfind(folder);
  if (at == iri.npos || iri.find("/srv/") == iri.npos) return {};
  const std::string name = clean_utf8(percent_decode(iri.substr(at + folder.size())));
  return name.find('/') == name.npos ? std::string(trim(name)) : std::string();
}

}  // namespace

std::size_t ValueReader::max_values() { return RecordReader::max_values; }

void ValueReader::find(std::string_view cause, std::string message, std::string_view hint) {
  if (findings_.size() >= max_findings) return;
  const std::string where = subject_text(graph_, place_.subject) + " " + subject_text(graph_, place_.predicate);
  findings_.push_back({std::string(cause), where, std::move(message), std::string(hint)});
}

void ValueReader::find_value(std::string_view cause, std::string_view what, TermId object, std::string_view hint) {
  find(cause, std::string(what) + ": \"" + std::string(cut(graph_.term(object).text, 200)) + "\"", hint);
}

std::string ValueReader::words(std::string_view literal) {
  std::string text = clean_utf8(literal);
  std::string_view trimmed = trim(text);
  if (is_template_field(trimmed)) {
    find("value_missing", "nothing was put into the template's field \"" + std::string(cut(trimmed, 200)) + "\"",
         "leave the property out");
    return {};
  }
  if (trimmed.size() == text.size() && text.size() <= RecordReader::max_text_bytes) return text;
  if (trimmed.size() > RecordReader::max_text_bytes) {
    find("text_cut", "a text of " + std::to_string(trimmed.size()) + " bytes was cut to 256 KiB", "shorten it");
    trimmed = cut(trimmed, RecordReader::max_text_bytes);
  }
  return std::string(trimmed);
}

LangStrings ValueReader::label(TermId node) {
  if (!described(node)) return {};
  const Place place = place_;
  LangStrings out;
  for (const TermId predicate : predicates_(pref_label)) {
    for (const Triple& triple : graph_.about(node, predicate)) {
      if (!graph_.term(triple.object).is_literal()) continue;
      read(out, triple.object);
      use(triple);
    }
    if (!out.empty()) break;
  }
  place_ = place;
  return out;
}

std::optional<TermView> ValueReader::first(TermId node, Predicates::Number property,
                                           bool (*wanted)(const TermView& value)) {
  for (const TermId predicate : predicates_(property)) {
    for (const Triple& triple : graph_.about(node, predicate)) {
      const TermView value = graph_.term(triple.object);
      if (!wanted(value)) continue;
      use(triple);
      return value;
    }
  }
  return std::nullopt;
}

std::string ValueReader::text_of(TermId object) {
  const TermView term = graph_.term(object);
  if (term.is_literal()) return words(term.text);
  for (const Predicates::Number property : {has_value, as_wkt, notation, pref_label}) {
    const auto held = first(object, property, [](const TermView& value) { return !value.is_blank(); });
    if (held) return words(held->text);
  }
  return term.is_iri() ? std::string(term.text) : std::string();
}

std::string ValueReader::address_inside(TermId node) {
  const auto page =
      first(node, foaf_page, [](const TermView& value) { return !value.is_blank() && is_web_url(value.text); });
  return page ? std::string(page->text) : std::string();
}

std::string ValueReader::same_place(TermId node) {
  const auto place = first(node, exact_match, [](const TermView& value) { return value.is_iri(); });
  return place ? std::string(place->text) : std::string();
}

void ValueReader::read(LangStrings& out, TermId object) {
  const TermView term = graph_.term(object);
  const auto keep = [&](LangString&& value) {
    if (value.value.empty()) return;
    for (const LangString& known : out) {
      if (known == value) return;
    }
    out.push_back(std::move(value));
  };
  if (term.is_literal()) {
    std::string language = language_tag(term.language);
    if (language.empty() && !term.language.empty())
      find("language_invalid", "no language tag: \"" + std::string(cut(term.language, 100)) + "\"",
           "write it as in BCP 47: fr, en, de-CH");
    return keep({words(term.text), std::move(language)});
  }
  LangStrings named = label(object);
  for (LangString& value : named) keep(std::move(value));
  if (!named.empty()) return;
  if (term.is_iri()) return keep({std::string(term.text), ""});
  find("value_missing", "a blank node without a label stands where a text should",
       "give it rdfs:label, or write the text itself");
}

void ValueReader::read(std::vector<std::string>& out, TermId object) {
  std::string text = text_of(object);
  if (text.empty()) return find("value_missing", "an identifier without a value", "give it skos:notation");
  for (const std::string& known : out) {
    if (known == text) return;
  }
  out.push_back(std::move(text));
}

// Of several spellings of one geometry, beside each other or in one node and in whatever order: one that we can
// measure, WKT before GeoJSON before GML.
void ValueReader::read_geometry(std::string& out, TermId object) {
  const auto rank = [](const std::string& text) { return std::tuple(!bounds(text), geometry_notation(text), text); };
  bool found = false;
  const auto offer = [&](std::string text) {
    found = found || !text.empty();
    if (!text.empty() && (out.empty() || rank(text) < rank(out))) out = std::move(text);
  };
  if (graph_.term(object).is_literal()) return offer(words(graph_.term(object).text));
  for (const Predicates::Number property : {has_value, as_wkt}) {
    for (const TermId predicate : predicates_(property)) {
      for (const Triple& triple : graph_.about(object, predicate)) {
        if (!graph_.term(triple.object).is_literal()) continue;
        use(triple);
        offer(words(graph_.term(triple.object).text));
      }
    }
  }
  if (!found) offer(text_of(object));
}

void ValueReader::read(std::string& out, TermId object) {
  if (place_.property == geometry) return read_geometry(out, object);
  if (!out.empty()) return;
  std::string text = text_of(object);
  if (place_.property == mbox || place_.property == has_email) {
    text = without_prefix(text, "mailto:");
  } else if (place_.property == has_telephone) {
    text = without_prefix(text, "tel:");
  } else if (place_.property == algorithm) {
    text = last_word(text);
  }
  if (!text.empty()) out = std::move(text);
}

void ValueReader::read(std::optional<dcat::Concept>& out, TermId object) {
  if (out && place_.property != license) return;
  const TermView term = graph_.term(object);
  dcat::Concept value;
  if (term.is_literal()) {
    std::string text = words(term.text);
    if (text.empty()) return;
    if (is_web_url(text) && is_iri(text))
      value.iri = std::move(text);
    else
      value.label.push_back({std::move(text), language_tag(term.language)});
  } else {
    if (term.is_iri()) value.iri = term.text;
    value.label = label(object);
    drop_vocabulary_labels(value);
    if (value.iri.empty()) value.iri = address_inside(object);
    if (value.iri.empty() && value.label.empty()) {
      return find("value_missing", "a blank node without a label", "give it an IRI of a vocabulary, or rdfs:label");
    }
  }
  if (!out || licence_rank(value) > licence_rank(*out)) out = std::move(value);
}

void ValueReader::read(std::optional<dcat::Iri>& out, TermId object) {
  if (out) return;
  const TermView term = graph_.term(object);
  std::string text = term.is_blank() ? address_inside(object) : words(term.text);
  if (term.is_blank() && text.empty()) {
    return find("url_missing", "a node without an address stands where an IRI should", "write the IRI");
  }
  std::string mended;
  text = std::string(mend_iri(text, mended));
  if (!has_scheme(text))
    return find_value("url_relative", "not an absolute address", object, "write the whole address, with https://");
  // Mending made one IRI of two addresses in one value, which leads nowhere.
  const bool two = text.find("%20http://") != text.npos || text.find("%20https://") != text.npos;
  if (two || !is_iri(text))
    return find_value("url_invalid", two ? "several addresses in one value" : "not an address", object,
                      "write one address, percent-encoded");
  out = dcat::Iri{std::move(text)};
}

void ValueReader::read(std::optional<dcat::Agent>& out, TermId object) {
  const TermView term = graph_.term(object);
  dcat::Agent agent;
  if (term.is_literal()) {
    read(agent.name, object);
    if (agent.name.empty()) return;
  } else {
    if (term.is_iri()) agent.iri = term.text;
    read_properties(agent, object);
    if (std::string name = agent.name.empty() ? name_in_address(agent.iri) : std::string(); !name.empty())
      agent.name.push_back({std::move(name), ""});
  }
  if (agent == dcat::Agent{}) return find("value_missing", "an agent about whom nothing is said", "give it foaf:name");
  out = std::move(agent);
}

void ValueReader::read(std::optional<dcat::ContactPoint>& out, TermId object) {
  const TermView term = graph_.term(object);
  dcat::ContactPoint contact;
  const std::string_view mail = without_prefix(term.text, "mailto:");
  if (!term.is_blank() && (mail.size() < term.text.size() ||
                           (term.is_literal() && mail.find('@') != mail.npos && mail.find(' ') == mail.npos))) {
    contact.email = words(mail);
  } else if (term.is_literal()) {
    read(contact.name, object);
  } else {
    if (term.is_iri()) contact.iri = term.text;
    read_properties(contact, object);
  }
  if (contact == dcat::ContactPoint{})
    return find("value_missing", "a contact about whom nothing is said", "give it vcard:fn and vcard:hasEmail");
  out = std::move(contact);
}

void ValueReader::read(std::optional<dcat::PeriodOfTime>& out, TermId object) {
  const TermView term = graph_.term(object);
  dcat::PeriodOfTime period;
  if (term.is_literal()) {  // "2019-01-01/2020-12-31", ISO 8601 §4.4.4
    const std::string_view text = trim(term.text);
    const auto slash = text.find('/');
    if (auto start = parse_moment(trim(text.substr(0, slash)))) period.start = *start;
    if (slash == text.npos)
      period.end = period.start;
    else if (auto end = parse_moment(trim(text.substr(slash + 1))))
      period.end = *end;
  } else {
    const Place place = place_;
    read_properties(period, object);
    place_ = place;
  }
  if (!period.start && !period.end)
    return find_value("period_unreadable", "not a period", object, "give it dcat:startDate and dcat:endDate");
  out = period;
}

void ValueReader::read(std::optional<dcat::Location>& out, TermId object) {
  const TermView term = graph_.term(object);
  dcat::Location location;
  if (term.is_literal()) {
    if (geometry_notation(term.text))
      location.geometry = words(term.text);
    else
      read(location.label, object);
  } else {
    read_properties(location, object);
    location.iri = term.is_iri() ? std::string(term.text) : same_place(object);
  }
  if (!location.bbox) location.bbox = bounds(location.geometry);
  if (!location.bbox && is_gml(location.geometry))
    find("geometry_unreadable", gml_bounds(location.geometry).error().message, "write WKT or GeoJSON in WGS 84");
  if (location == dcat::Location{})
    return find("value_missing", "a place about which nothing is said", "give it an IRI or skos:prefLabel");
  out = std::move(location);
}

// A place drawn beside its address (RecordWriter) is one place.
void ValueReader::read(std::vector<dcat::Location>& out, TermId object) {
  std::optional<dcat::Location> value;
  read(value, object);
  if (!value) return;
  for (dcat::Location& known : out) {
    if (known == *value) return;
    if (known.iri.empty() || known.iri != value->iri) continue;
    if (known.label.empty()) known.label = std::move(value->label);
    if (known.geometry.empty()) known.geometry = std::move(value->geometry);
    if (!known.bbox) known.bbox = value->bbox;
    return;
  }
  out.push_back(std::move(*value));
}

void ValueReader::read(std::optional<dcat::Checksum>& out, TermId object) {
  if (out) return;
  dcat::Checksum checksum;
  if (graph_.term(object).is_literal())
    checksum.value = words(graph_.term(object).text);
  else
    read_properties(checksum, object);
  if (!checksum.value.empty()) out = std::move(checksum);
}

void ValueReader::read(std::optional<dcat::Distribution>& out, TermId object) {
  const TermView term = graph_.term(object);
  dcat::Distribution distribution;
  if (term.is_literal()) {
    read(distribution.access_url, object);
    if (distribution.access_url.empty()) return;
  } else {
    if (!described(object))
      find_value("distribution_not_described", "nothing is said about a distribution", object,
                 "describe it on the same page");
    if (term.is_iri()) distribution.iri = term.text;
    read_properties(distribution, object);
  }
  if (distribution == dcat::Distribution{}) return;
  out = std::move(distribution);
}

void ValueReader::read(std::optional<dcat::BoundingBox>& out, TermId object) {
  if (out) return;
  out = bounds(text_of(object));
  if (!out)
    find_value("geometry_unreadable", "not a bounding box in degrees", object, "write WKT or GeoJSON in WGS 84");
}

void ValueReader::read(std::optional<Moment>& out, TermId object) {
  if (out) return;
  const TermView term = graph_.term(object);
  if (!term.is_literal()) {
    const Place place = place_;
    for (const TermId predicate : predicates_(in_xsd_date_time)) {
      for (const Triple& triple : graph_.about(object, predicate)) {
        if (!graph_.term(triple.object).is_literal()) continue;
        read(out, triple.object);
        use(triple);
      }
    }
    place_ = place;
    if (out) return;
  }
  if (auto moment = parse_moment(trim(term.text)); moment && term.is_literal()) {
    out = *moment;
  } else if (!trim(term.text).empty()) {
    find_value("date_unreadable", "not a date", object, "write it as 2024-05-31");
  }
}

void ValueReader::read(std::optional<double>& out, TermId object) {
  if (out) return;
  const std::string text = text_of(object);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [next, error] = std::from_chars(text.data() + text.starts_with('+'), end, value);
  if (error != std::errc() || next != end || !std::isfinite(value)) {
    return find_value("number_unreadable", "not a number", object, "write digits alone");
  }
  out = value;
}

void ValueReader::read(std::optional<std::uint64_t>& out, TermId object) {
  if (out) return;
  std::optional<double> number;
  read(number, object);
  if (!number) return;
  constexpr double largest = 9007199254740992;  // 2^53: beyond, a double no longer counts
  if (*number < 0 || *number > largest)
    return find_value("number_unreadable", "not a size in bytes", object, "write digits alone");
  out = static_cast<std::uint64_t>(std::llround(*number));
}

}  // namespace moisson::rdf
