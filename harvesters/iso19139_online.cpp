#include "harvesters/iso19139_online.h"

#include "core/text.h"
#include "dcat/vocabulary.h"

#include <algorithm>
#include <utility>

namespace moisson::harvesters {
namespace {

using xml::Element;

constexpr std::size_t max_description = 100'000;  // bytes
constexpr std::size_t max_distributions = 10'000;

std::string text(const Element* property) { return Iso19139Reader::text(property); }

bool is_download(const IsoOnline& online) {
  return online.function == "download" || online.function == "offlineAccess" ||
         online.protocol.find("DOWNLOAD") != std::string::npos;
}

// The one format that the distribution is said to have; no name where there are several.
struct OnlyFormat {
  std::string name;
  std::string media_type;  // IANA's address of it, where the name is anchored there
  Iso19139Reader::Elements at;
};
OnlyFormat only_format(const Element& metadata) {
  OnlyFormat only;
  for (const std::string_view path :
       {"distributionInfo/*/distributionFormat/*/name", "distributionInfo/*/distributor/*/distributorFormat/*/name"}) {
    for (const Element* name : metadata.all(path)) {
      std::string format = text(name);
      if (format.empty()) continue;
      if (!only.name.empty() && only.name != format) return {};
      only.name = std::move(format);
      only.at.push_back(name);
      if (std::string iri = Iso19139Reader::href(name);
          iri.find("iana.org/assignments/media-types/") != std::string::npos)
        only.media_type = std::move(iri);
    }
  }
  return only;
}

}  // namespace

std::vector<IsoOnline> online_resources(Iso19139Reader& reader, const Element& metadata) {
  std::vector<IsoOnline> made;
  for (const std::string_view path : {"distributionInfo/*/transferOptions/*/onLine/*",
                                      "distributionInfo/*/distributor/*/distributorTransferOptions/*/onLine/*"}) {
    for (const Element* resource : metadata.all(path)) {
      const std::size_t since = reader.consumed().size();
      const Element* linkage = resource->child("linkage");
      auto link = reader.link(linkage);
      if (!link) continue;
      IsoOnline one{resource, std::move(*link), text(resource->child("protocol")), text(resource->child("function")),
                    ""};
      if (const Element* typed = resource->first("name/MimeFileType")) one.media_type = typed->attribute("type");
      const bool known = std::any_of(made.begin(), made.end(), [&](const IsoOnline& other) {
        return other.link == one.link && other.protocol == one.protocol &&
               text(other.element->child("name")) == text(resource->child("name"));
      });
      if (known) continue;
      if (made.size() == max_distributions) {
        reader.found("list_cut", resource, "more than 10,000 links; the first are kept");
        reader.hold(since);
        return made;
      }
      made.push_back(std::move(one));
    }
  }
  return made;
}

bool is_page(const IsoOnline& online) {
  const bool page = online.function == "information" || online.function == "search" || online.function == "browsing" ||
                    online.function == "browseGraphic";
  const bool bare =
      online.protocol.empty() || online.protocol.starts_with("WWW:LINK") || online.protocol.starts_with("http");
  return page && bare && online.media_type.empty();
}

void fill_distributions(dcat::Dataset& out, Iso19139Reader& reader, const Element& metadata,
                        std::vector<IsoOnline>&& resources) {
  const OnlyFormat only = only_format(metadata);
  std::optional<dcat::Concept> licence = out.licence;
  if (licence && !licence->iri.empty()) licence->label.clear();  // the data set's has the words
  for (IsoOnline& online : resources) {
    const Element* protocol_at = online.element->child("protocol");
    if (is_page(online)) {
      reader.consume(online.element->child("function"));
      out.documentation.push_back(std::move(online.link));
      continue;
    }
    dcat::Distribution made;
    made.title = reader.words(online.element->child("name"));
    made.description = reader.words(online.element->child("description"), max_description);
    made.licence = licence;
    if (is_download(online)) {
      made.download_url.push_back(online.link);
      reader.consume(
          online.element->child(online.protocol.find("DOWNLOAD") != std::string::npos ? "protocol" : "function"));
    }
    made.access_url.push_back(std::move(online.link));
    const dcat::Concept protocol{"", {{online.protocol, ""}}};
    if (!online.media_type.empty()) {
      made.media_type = dcat::Concept{"", {{online.media_type, ""}}};
    } else if (!only.media_type.empty()) {  // GeoDCAT-AP, "Encoding"
      made.media_type = dcat::Concept{only.media_type, {}};
      reader.consume(only.at);
    }
    if (!online.protocol.empty() && dcat::format(protocol) != nullptr) {
      made.format = protocol;
      reader.consume(protocol_at);
    } else if (!only.name.empty() && !online.protocol.starts_with("WWW:LINK")) {
      made.format = dcat::Concept{"", {{only.name, ""}}, !is_download(online)};
      reader.consume(only.at);
    } else if (!online.protocol.empty() && !online.protocol.starts_with("WWW:")) {
      made.format = protocol;
      reader.consume(protocol_at);
    }
    out.distribution.push_back(std::move(made));
  }
}

}  // namespace moisson::harvesters
