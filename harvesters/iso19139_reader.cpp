#include "harvesters/iso19139_reader.h"

#include "core/text.h"
#include "core/url.h"

#include <algorithm>
#include <charconv>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_findings = 200;

std::string quoted(std::string_view value) { return "\"" + shorten(clean_utf8(value.substr(0, 1'000)), 120) + "\""; }

bool is_open_end(std::string_view text) { return text.empty() || text == "now" || text == "unknown"; }

}  // namespace

Iso19139Reader::Iso19139Reader(const xml::Element& metadata, std::string language, std::vector<dcat::Finding>& findings)
    : language_(std::move(language)), findings_(findings) {
  if (const std::string stated = language_tag(text(metadata.child("language"))); !stated.empty()) language_ = stated;
  for (const xml::Element* locale : metadata.all("locale/PT_Locale")) {
    const std::string tag = language_tag(text(locale->child("languageCode")));
    if (const auto id = locale->attribute("id"); !id.empty() && !tag.empty()) locales_["#" + std::string(id)] = tag;
  }
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
    std::string value = clean(translated->text, property, max_bytes);
    const auto locale = locales_.find(std::string(translated->attribute("locale")));
    LangString string{std::move(value), locale == locales_.end() ? std::string() : locale->second};
    if (!string.value.empty() && std::find(made.begin(), made.end(), string) == made.end())
      made.push_back(std::move(string));
  }
  return made;
}

std::optional<dcat::Concept> Iso19139Reader::term(const xml::Element* property) {
  dcat::Concept made{href(property), words(property)};
  if (made.iri.empty() && made.label.size() == 1 && is_iri(made.label.front().value)) {
    made.iri = made.label.front().value;
    made.label.clear();
  }
  if (made.iri.empty() && made.label.empty()) return std::nullopt;
  return made;
}

std::optional<Moment> Iso19139Reader::moment(const xml::Element* property) {
  const std::string spelled = text(property);
  if (is_open_end(spelled)) return std::nullopt;
  if (auto read = parse_moment(spelled)) return *read;
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
  if (is_iri(value)) return dcat::Iri{value};
  if (auto url = parse_url(value); url && is_iri(url->text())) return dcat::Iri{url->text()};
  if (const auto url = parse_url("http://" + value); url && value.starts_with("www.")) {
    found("url_schemeless", linkage, "the address names no scheme: " + quoted(value), "begin it with https://");
    return dcat::Iri{url->text()};
  }
  found("url_invalid", linkage, "not a web address: " + quoted(value),
        "give the whole address, beginning with https://");
  return std::nullopt;
}

std::optional<double> Iso19139Reader::degrees(const xml::Element& box, std::string_view name) {
  const xml::Element* property = box.child(name);
  std::string spelled = text(property);
  std::replace(spelled.begin(), spelled.end(), ',', '.');  // as people write it in French
  double value = 0;
  const char* const begin = spelled.data() + (spelled.starts_with('+') ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, spelled.data() + spelled.size(), value);
  if (error == std::errc{} && end == spelled.data() + spelled.size()) return value;
  return std::nullopt;
}

std::optional<dcat::Location> Iso19139Reader::place(const xml::Element& extent) {
  dcat::Location made;
  made.label = words(extent.child("description"));
  for (const xml::Element* element : extent.all("geographicElement/*")) {
    if (element->local == "EX_GeographicBoundingBox" && !made.bbox) {
      const auto west = degrees(*element, "westBoundLongitude"), east = degrees(*element, "eastBoundLongitude");
      const auto south = degrees(*element, "southBoundLatitude"), north = degrees(*element, "northBoundLatitude");
      const auto within = [](const std::optional<double>& value, double limit) {
        return value && *value >= -limit && *value <= limit;
      };
      if (within(west, 180) && within(east, 180) && within(south, 90) && within(north, 90) && *south <= *north) {
        made.bbox = dcat::BoundingBox{*west, *south, *east, *north};
      } else {
        found("geometry_unreadable", element, "not a box in WGS 84 degrees", "");
      }
    } else if (element->local == "EX_GeographicDescription") {
      const xml::Element* code = element->first("geographicIdentifier/*/code");
      if (made.iri.empty()) made.iri = href(code);
      LangStrings names = words(code);
      if (names.size() == 1 && is_iri(names.front().value)) {
        if (made.iri.empty()) made.iri = names.front().value;
      } else {
        for (LangString& name : names) made.label.push_back(std::move(name));
      }
    }
  }
  if (made.iri.empty() && made.label.empty() && !made.bbox) return std::nullopt;
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
