#include "harvesters/iso19139_tally.h"

#include "core/text.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace moisson::harvesters {
namespace {

// What iso19139.cpp, iso19139_reader.cpp and iso19139_online.cpp read, by the end of its way.
constexpr std::string_view read_ways[] = {
    "fileIdentifier",
    "dateStamp",
    "hierarchyLevel",
    "language",
    "locale/languageCode",
    "identificationInfo/abstract",
    "identificationInfo/topicCategory",
    "identificationInfo/operatesOn",
    "citation/title",
    "citation/alternateTitle",
    "citation/edition",
    "citation/date/date",
    "citation/date/dateType",
    "citation/identifier/code",
    "citation/identifier/codeSpace",
    "descriptiveKeywords/keyword",
    "thesaurusName/title",
    "resourceConstraints/useConstraints",
    "resourceConstraints/accessConstraints",
    "resourceConstraints/useLimitation",
    "resourceConstraints/otherConstraints",
    "spatialResolution/distance",
    "maintenanceAndUpdateFrequency",
    "extent/description",
    "westBoundLongitude",
    "eastBoundLongitude",
    "southBoundLatitude",
    "northBoundLatitude",
    "geographicIdentifier/code",
    "beginPosition",
    "endPosition",
    "timePosition",
    "role",
    "organisationName",
    "individualName",
    "address/electronicMailAddress",
    "phone/voice",
    "contactInfo/onlineResource/linkage",
    "connectPoint/linkage",
    "distributionFormat/name",
    "distributorFormat/name",
    "onLine/linkage",
    "onLine/protocol",
    "onLine/name",
    "onLine/description",
    "onLine/function",
    "lineage/statement",
    "result/specification/title",
    "result/pass",
    "referenceSystemIdentifier/code",
};

bool is_read(std::string_view way) {
  return std::any_of(std::begin(read_ways), std::end(read_ways), [way](std::string_view read) {
    return way.ends_with(read) && (way.size() == read.size() || way[way.size() - read.size() - 1] == '/');
  });
}

// ISO 19139 writes classes and types with a capital first, properties without (ISO/TS 19139 §8).
bool is_property(std::string_view local) { return !local.empty() && local.front() >= 'a' && local.front() <= 'z'; }

class Walk {
 public:
  explicit Walk(dcat::MappingReport& mapping) : mapping_(mapping) {}

  void into(const xml::Element& element, const std::string& way) {
    for (const xml::Element& child : element.children) {
      const std::string longer = is_property(child.local) ? (way.empty() ? "" : way + "/") + child.local : way;
      into(child, longer);
    }
    std::string_view value = trim(element.text);
    if (value.empty()) value = trim(element.attribute("codeListValue"));
    if (value.empty() || way.empty()) return;
    const auto use = is_read(way) ? dcat::PropertyUse::read : dcat::PropertyUse::dropped;
    if (auto* const fresh = mapping_.add(use, way)) dcat::MappingReport::set_example(*fresh, value);
  }

 private:
  dcat::MappingReport& mapping_;
};

}  // namespace

void tally(const xml::Element& metadata, dcat::MappingReport& mapping) { Walk(mapping).into(metadata, ""); }

}  // namespace moisson::harvesters
