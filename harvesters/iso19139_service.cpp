#include "harvesters/iso19139_service.h"

#include "core/text.h"
#include "core/url.h"
#include "harvesters/iso19139_standards.h"

#include <algorithm>
#include <iterator>

namespace moisson::harvesters {
namespace {

using dcat::Resource;
using xml::Element;

constexpr std::size_t max_links = 10'000;

std::string text(const Element* property) { return Iso19139Reader::text(property); }

// GeoDCAT-AP, "Spatial data service type" → dct:type where it is a term of INSPIRE's list, and a standard that the
// service conforms to where it is a protocol; so is the protocol of its links.
void fill_type(dcat::DataService& out, Iso19139Reader& reader, const Element& info,
               const std::vector<IsoOnline>& online) {
  static constexpr std::string_view types[] = {"discovery", "view", "download", "transformation", "invoke", "other"};
  const auto conforms = [&](const std::string& standard) {
    if (standard.empty()) return false;
    if (std::find(out.conforms_to.begin(), out.conforms_to.end(), dcat::Iri{standard}) == out.conforms_to.end())
      out.conforms_to.push_back({standard});
    return true;
  };
  const Element* stated = info.child("serviceType");
  const std::string type = text(stated);
  if (std::find(std::begin(types), std::end(types), type) != std::end(types)) {
    out.type.push_back({std::string(inspire_code_lists) + "SpatialDataServiceType/" + type, {{type, ""}}});
    reader.consume(stated);
  } else if (conforms(protocol_standard(type))) {
    reader.consume(stated);
  }
  for (const IsoOnline& one : online) {
    const Element* protocol = one.element->child("protocol");
    const std::string iri = Iso19139Reader::href(protocol);
    if (conforms(protocol_standard(iri.empty() ? one.protocol : iri))) reader.consume(protocol);
  }
}

}  // namespace

dcat::DataService service_of(Iso19139Reader& reader, const Element& info, Resource&& resource,
                             std::vector<IsoOnline>&& online) {
  dcat::DataService made;
  static_cast<Resource&>(made) = std::move(resource);
  fill_type(made, reader, info, online);
  const auto add = [](std::vector<dcat::Iri>& to, const dcat::Iri& iri) {
    if (to.size() < max_links && std::find(to.begin(), to.end(), iri) == to.end()) to.push_back(iri);
  };
  for (const Element* linkage : info.all("containsOperations/*/connectPoint/*/linkage")) {
    if (auto link = reader.link(linkage)) add(made.endpoint_url, *link);
  }
  for (const IsoOnline& one : online) {
    if (is_page(one)) {
      reader.consume(one.element->child("function"));
      add(made.documentation, one.link);
    } else if (lower_ascii(one.link.value).find("request=getcapabilities") != std::string::npos) {
      add(made.endpoint_description, one.link);
      if (made.endpoint_url.empty()) add(made.endpoint_url, {one.link.value.substr(0, one.link.value.find('?'))});
    } else {
      add(made.endpoint_url, one.link);
    }
  }
  for (const Element* operates : info.all("operatesOn")) {  // by uuidref alone: a name of no place
    const std::string iri(trim(operates->attribute("href")));
    if (!is_iri(iri)) continue;
    if (made.serves_dataset.size() == max_links) {
      reader.found("list_cut", operates, "more than 10,000 data sets are served; the first are kept");
      break;
    }
    add(made.serves_dataset, {iri});
    reader.consume(operates);
  }
  return made;
}

}  // namespace moisson::harvesters
