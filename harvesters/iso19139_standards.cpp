#include "harvesters/iso19139_standards.h"

#include "core/text.h"
#include "core/url.h"

#include <algorithm>
#include <vector>

namespace moisson::harvesters {
namespace {

using xml::Element;

constexpr std::size_t max_standards = 1'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The regulations that INSPIRE metadata cites by their titles, in any language ("Règlement (UE) n° 1089/2010 …"), and
// their ELI (EUR-Lex; INSPIRE metadata technical guidance 2.0, TG Recommendation C.11 asks for them).
struct Regulation {
  std::string_view number, iri;
};
constexpr Regulation regulations[] = {
    {"1205/2008", "http://data.europa.eu/eli/reg/2008/1205"},  // metadata
    {"976/2009", "http://data.europa.eu/eli/reg/2009/976"},    // network services
    {"268/2010", "http://data.europa.eu/eli/reg/2010/268"},    // access for institutions
    {"1089/2010", "http://data.europa.eu/eli/reg/2010/1089"},  // interoperability …
    {"102/2011", "http://data.europa.eu/eli/reg/2011/102"},    // … amended
    {"1253/2013", "http://data.europa.eu/eli/reg/2013/1253"},
};

// The one that is named first: amending ones name what they amend.
std::string regulation(std::string_view title) {
  std::string_view found;
  std::size_t first = title.npos;
  for (const auto& [number, iri] : regulations) {
    const auto at = title.find(number);
    if (at >= first || (at != 0 && is_digit(title[at - 1]))) continue;
    first = at;
    found = iri;
  }
  return std::string(found);
}

std::string_view leading_digits(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin()));
}

std::string epsg(std::string_view code) {
  constexpr std::size_t least = 4, most = 6;  // digits of a code that is in use
  if (code.size() < least || code.size() > most) return {};
  return "http://www.opengis.net/def/crs/EPSG/0/" + std::string(code);
}

}  // namespace

std::string reference_system(std::string_view text, std::string_view code_space) {
  text = trim(text);
  if (leading_digits(text).size() == text.size())
    return lower_ascii(code_space).find("epsg") == std::string::npos ? std::string() : epsg(text);
  const std::string lower = lower_ascii(text);
  if (lower.starts_with("urn:ogc:def:crs:") || lower.starts_with("urn:x-ogc:def:crs:")) {
    const auto parts = split(text, ':');  // urn:ogc:def:crs:AUTHORITY:VERSION:CODE
    if (parts.size() != 7) return {};
    if (iequals_ascii(parts[4], "EPSG")) return epsg(parts[6]);
    std::string iri = "http://www.opengis.net/def/crs/" + std::string(parts[4]) + "/" +
                      (parts[5].empty() ? "0" : std::string(parts[5])) + "/" + std::string(parts[6]);
    return is_iri(iri) ? iri : std::string();
  }
  if (const auto old = lower.find("/gml/srs/epsg.xml#"); old != std::string::npos)
    return epsg(leading_digits(text.substr(old + 18)));
  if (is_web_url(text)) return is_iri(text) ? std::string(text) : std::string();
  // In words: "RGF93 / Lambert-93 (EPSG:2154)".
  for (auto at = lower.find("epsg"); at != std::string::npos; at = lower.find("epsg", at + 4)) {
    const auto code = text.find_first_not_of(": ", at + 4);
    if (code == text.npos) break;
    if (std::string iri = epsg(leading_digits(text.substr(code))); !iri.empty()) return iri;
  }
  return {};
}

std::string protocol_standard(std::string_view protocol) {
  struct Standard {
    std::string_view service, page;
  };
  static constexpr Standard standards[] = {{"csw", "cat"}, {"sos", "sos"}, {"sps", "sps"},   {"wcs", "wcs"},
                                           {"wfs", "wfs"}, {"wms", "wms"}, {"wmts", "wmts"}, {"wps", "wps"}};
  std::string lower = lower_ascii(trim(protocol));
  for (const std::string_view before : {"http://www.opengis.net/def/servicetype/ogc/", "ogc:", "ogc "}) {
    if (lower.starts_with(before)) lower.erase(0, before.size());
  }
  const std::string name = lower.substr(0, lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
  for (const auto& [service, page] : standards)
    if (name == service) return "http://www.opengeospatial.org/standards/" + std::string(page);
  return {};
}

void fill_standards(dcat::Resource& out, Iso19139Reader& reader, const Element& metadata) {
  const auto add = [&](std::string iri, std::initializer_list<const Element*> from) {
    if (iri.empty()) return;
    if (std::find(out.conforms_to.begin(), out.conforms_to.end(), dcat::Iri{iri}) == out.conforms_to.end()) {
      if (out.conforms_to.size() == max_standards) return;
      out.conforms_to.push_back({std::move(iri)});
    }
    for (const Element* element : from) reader.consume(element);
  };
  for (const Element* result : metadata.all("dataQualityInfo/*/report/*/result/DQ_ConformanceResult")) {
    const Element* title = result->first("specification/*/title");
    const Element* pass = result->child("pass");
    const std::string passed = Iso19139Reader::text(pass);
    if (passed != "true" && passed != "1") continue;  // xs:boolean
    std::string iri = Iso19139Reader::iri(title);
    add(iri.empty() ? regulation(Iso19139Reader::text(title)) : std::move(iri), {title, pass});
  }
  for (const Element* identifier : metadata.all("referenceSystemInfo/*/referenceSystemIdentifier/*")) {
    const Element* code = identifier->child("code");
    const Element* space = identifier->child("codeSpace");
    const std::string stated = Iso19139Reader::href(code);
    std::string iri =
        reference_system(stated.empty() ? Iso19139Reader::text(code) : stated, Iso19139Reader::text(space));
    add(iri.empty() ? stated : std::move(iri), {code, space});
  }
}

}  // namespace moisson::harvesters
