#include "harvesters/iso19139_reader.h"

#include "core/text.h"
#include "core/url.h"
#include "rdf/gml.h"
#include "rdf/record_reader.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_findings = 200;
constexpr std::size_t max_translations = 500;  // of one text

std::string quoted(std::string_view value) { return "\"" + shorten(clean_utf8(value.substr(0, 1'000)), 120) + "\""; }

bool is_open_end(std::string_view text) { return text.empty() || text == "now" || text == "unknown"; }

}  // namespace

Iso19139Reader::Iso19139Reader(const xml::Element& metadata, std::string language, std::vector<dcat::Finding>& findings)
    : language_(std::move(language)), findings_(findings) {
  const xml::Element* const own = metadata.child("language");
  if (const std::string stated = language_tag(text(own)); !stated.empty()) {
    language_ = stated;
    consume(own);
  }
  for (const xml::Element* locale : metadata.all("locale/PT_Locale")) {
    const std::string tag = language_tag(text(locale->child("languageCode")));
    if (const auto id = locale->attribute("id"); !id.empty() && !tag.empty()) {
      locales_["#" + std::string(id)] = tag;
      consume(locale->child("languageCode"));
    }
  }
}

void Iso19139Reader::consume(const xml::Element* property) {
  if (property != nullptr) consumed_.push_back(property);
}

Iso19139Reader::Elements Iso19139Reader::hold(std::size_t since) {
  Elements held(consumed_.begin() + static_cast<std::ptrdiff_t>(since), consumed_.end());
  consumed_.resize(since);
  return held;
}

void Iso19139Reader::found(std::string_view cause, const xml::Element* property, std::string message,
                           std::string hint) {
  if (findings_.size() >= max_findings) return;
  findings_.push_back(
      {std::string(cause), property == nullptr ? "" : property->local, std::move(message), std::move(hint)});
}

std::string Iso19139Reader::text(const xml::Element* property) {
  if (property == nullptr) return {};
  for (const xml::Element& value : property->children) {
    if (value.local == "PT_FreeText") continue;
    if (const auto code = trim(value.attribute("codeListValue")); !code.empty()) return std::string(code);
    if (const auto own = trim(value.text); !own.empty()) return std::string(own);
  }
  if (const auto code = trim(property->attribute("codeListValue")); !code.empty()) return std::string(code);
  return std::string(trim(property->text));
}

std::string Iso19139Reader::href(const xml::Element* property) {
  if (property == nullptr) return {};
  const xml::Element* anchor = property->child("Anchor");
  const std::string iri(trim(anchor == nullptr ? std::string_view() : anchor->attribute("href")));
  return is_iri(iri) ? iri : std::string();
}

std::string Iso19139Reader::iri(const xml::Element* property) {
  std::string stated = href(property);
  if (stated.empty()) stated = text(property);
  return is_web_url(stated) && is_iri(stated) ? stated : href(property);
}

std::string Iso19139Reader::take(const xml::Element* property) {
  std::string value = text(property);
  if (!value.empty()) consume(property);
  return value;
}

std::string Iso19139Reader::clean(std::string_view value, const xml::Element* property, std::size_t max_bytes) {
  value = trim(value);
  if (value.size() > max_bytes) {
    found("text_cut", property,
          "the text has " + std::to_string(value.size()) + " bytes; the first " + std::to_string(max_bytes) +
              " are kept");
    value = cut(value, max_bytes);
  }
  return clean_utf8(value);
}

LangStrings Iso19139Reader::words(const xml::Element* property, std::size_t max_bytes) {
  LangStrings made;
  if (std::string own = clean(text(property), property, max_bytes); !own.empty())
    made.push_back({std::move(own), language_});
  if (property == nullptr) return made;
  for (const xml::Element* translated : property->all("PT_FreeText/textGroup/LocalisedCharacterString")) {
    if (made.size() == max_translations) {
      found("list_cut", property, "more than 500 translations of one text; the first are kept");
      break;
    }
    std::string value = clean(translated->text, property, max_bytes);
    const auto locale = locales_.find(std::string(translated->attribute("locale")));
    LangString string{std::move(value), locale == locales_.end() ? std::string() : locale->second};
    if (!string.value.empty() && std::find(made.begin(), made.end(), string) == made.end())
      made.push_back(std::move(string));
  }
  if (!made.empty()) consume(property);
  return made;
}

std::optional<dcat::Concept> Iso19139Reader::term(const xml::Element* property) {
  dcat::Concept made{href(property), words(property)};
  if (made.iri.empty() && made.label.size() == 1 && is_iri(made.label.front().value)) {
    made.iri = made.label.front().value;
    made.label.clear();
  }
  if (made.iri.empty() && made.label.empty()) return std::nullopt;
  if (made.label.empty()) consume(property);
  return made;
}

std::optional<Moment> Iso19139Reader::moment(const xml::Element* property) {
  const std::string spelled = text(property);
  if (is_open_end(spelled)) {  // said, by saying no moment
    if (!spelled.empty()) consume(property);
    return std::nullopt;
  }
  if (auto read = parse_moment(spelled)) {
    consume(property);
    return *read;
  }
  found("date_unreadable", property, "not a date: " + quoted(spelled), "write it as 2024-05-01");
  return std::nullopt;
}

std::optional<dcat::Iri> Iso19139Reader::link(const xml::Element* linkage) {
  std::string value = text(linkage);
  if (linkage != nullptr && value.empty()) {  // geocat.ch: an address for each language
    if (const xml::Element* localised = linkage->first("PT_FreeURL/URLGroup/LocalisedURL"))
      value = trim(localised->text);
  }
  if (value.empty()) return std::nullopt;
  const auto taken = [&](std::string address) {
    consume(linkage);
    return dcat::Iri{std::move(address)};
  };
  if (is_iri(value)) return taken(value);
  if (auto url = parse_url(value); url && is_iri(url->text())) return taken(url->text());
  if (const auto url = parse_url("http://" + value); url && value.starts_with("www.")) {
    found("url_schemeless", linkage, "the address names no scheme: " + quoted(value), "begin it with https://");
    return taken(url->text());
  }
  found("url_invalid", linkage, "not a web address: " + quoted(value),
        "give the whole address, beginning with https://");
  return std::nullopt;
}

std::optional<dcat::BoundingBox> Iso19139Reader::box(const xml::Element& element) {
  const std::size_t since = consumed_.size();
  const auto degrees = [&](std::string_view name, double limit) -> std::optional<double> {
    std::string spelled = take(element.child(name));
    std::replace(spelled.begin(), spelled.end(), ',', '.');  // as people write it in French
    double value = 0;
    const char* const begin = spelled.data() + (spelled.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, spelled.data() + spelled.size(), value);
    if (error != std::errc{} || end != spelled.data() + spelled.size()) return std::nullopt;
    return value >= -limit && value <= limit ? std::optional(value) : std::nullopt;
  };
  const auto west = degrees("westBoundLongitude", 180), east = degrees("eastBoundLongitude", 180);
  const auto south = degrees("southBoundLatitude", 90), north = degrees("northBoundLatitude", 90);
  if (west && east && south && north && *south <= *north) return dcat::BoundingBox{*west, *south, *east, *north};
  hold(since);
  found("geometry_unreadable", &element, "not a box in WGS 84 degrees", "");
  return std::nullopt;
}

// Of an EX_BoundingPolygon, in GML. The box alone of one that is too long to keep.
std::optional<dcat::Location> Iso19139Reader::polygon(const xml::Element& property) {
  const xml::Element* geometry = property.child("*");
  if (geometry == nullptr) return std::nullopt;
  dcat::Location made;
  for (const char c : xml::write(*geometry)) {  // lists of positions are broken and indented at will
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank)
      made.geometry += c;
    else if (!made.geometry.ends_with(' '))
      made.geometry += ' ';
  }
  const auto box = rdf::gml_bounds(made.geometry);
  if (!box) {
    found("geometry_unreadable", &property, box.error().message);
    return std::nullopt;
  }
  consume(&property);
  made.bbox = *box;
  if (made.geometry.size() > rdf::RecordReader::max_text_bytes) {
    found("text_cut", &property,
          "the polygon has " + std::to_string(made.geometry.size()) + " bytes; only its box is kept");
    made.geometry.clear();
  }
  return made;
}

std::vector<dcat::Location> Iso19139Reader::places(const xml::Element& extent) {
  std::vector<dcat::Location> made(1);
  dcat::Location& first = made.front();
  std::vector<dcat::Location> others;
  first.label = words(extent.child("description"));
  for (const xml::Element* element : extent.all("geographicElement/*")) {
    if (element->local == "EX_GeographicBoundingBox") {
      const auto read = box(*element);
      if (!read) continue;
      if (first.bbox) {
        others.emplace_back().bbox = read;
      } else {
        first.bbox = read;
      }
    } else if (element->local == "EX_BoundingPolygon") {
      const std::string inclusive = text(element->child("extentTypeCode"));
      if (inclusive == "false" || inclusive == "0") continue;  // what the data do not cover
      for (const xml::Element* property : element->all("polygon")) {
        auto drawn = polygon(*property);
        if (!drawn) continue;
        if (!first.geometry.empty()) {
          others.push_back(std::move(*drawn));
          continue;
        }
        first.geometry = std::move(drawn->geometry);
        if (!first.bbox) first.bbox = drawn->bbox;
      }
    } else if (element->local == "EX_GeographicDescription") {
      const xml::Element* code = element->first("geographicIdentifier/*/code");
      auto named = term(code);
      if (!named) continue;
      dcat::Location& to = first.iri.empty() || named->iri.empty() ? first : others.emplace_back();
      if (!named->iri.empty()) to.iri = std::move(named->iri);
      for (LangString& name : named->label)
        if (!is_iri(name.value)) to.label.push_back(std::move(name));
    }
  }
  if (first.iri.empty() && first.label.empty() && !first.bbox) made.clear();
  std::move(others.begin(), others.end(), std::back_inserter(made));
  return made;
}

std::vector<dcat::PeriodOfTime> Iso19139Reader::periods(const xml::Element& extent) {
  std::vector<dcat::PeriodOfTime> made;
  for (const xml::Element* time : extent.all("temporalElement/*/extent/*")) {
    dcat::PeriodOfTime period;
    if (time->local == "TimeInstant") {
      period.start = period.end = moment(time->child("timePosition"));
    } else {
      const auto edge = [&](std::string_view position, std::string_view instant) {
        const xml::Element* direct = time->child(position);
        return moment(direct != nullptr ? direct : time->first(instant));
      };
      period.start = edge("beginPosition", "begin/TimeInstant/timePosition");
      period.end = edge("endPosition", "end/TimeInstant/timePosition");
    }
    if (period.start || period.end) made.push_back(period);
  }
  return made;
}

}  // namespace moisson::harvesters
