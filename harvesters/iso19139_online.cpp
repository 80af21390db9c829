#include "harvesters/iso19139_online.h"

#include "core/text.h"
#include "dcat/vocabulary.h"

#include <algorithm>

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

}  // namespace

std::vector<IsoOnline> online_resources(Iso19139Reader& reader, const Element& metadata) {
  std::vector<IsoOnline> made;
  for (const std::string_view path : {"distributionInfo/*/transferOptions/*/onLine/*",
                                      "distributionInfo/*/distributor/*/distributorTransferOptions/*/onLine/*"}) {
    for (const Element* resource : metadata.all(path)) {
      const Element* linkage = resource->child("linkage");
      auto link = reader.link(linkage);
      if (!link) continue;
      IsoOnline one{std::move(*link),
                    text(resource->child("protocol")),
                    text(resource->child("function")),
                    reader.words(resource->child("name")),
                    reader.words(resource->child("description"), max_description),
                    ""};
      if (const Element* typed = resource->first("name/MimeFileType")) one.media_type = typed->attribute("type");
      const bool known = std::any_of(made.begin(), made.end(), [&](const IsoOnline& other) {
        return other.link == one.link && other.name == one.name && other.protocol == one.protocol;
      });
      if (known) continue;
      if (made.size() == max_distributions) {
        reader.found("list_cut", resource, "more than 10,000 links; the first are kept");
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

void fill_distributions(dcat::Dataset& out, const Element& metadata, std::vector<IsoOnline>&& resources) {
  std::vector<std::string> formats;
  for (const std::string_view path :
       {"distributionInfo/*/distributionFormat/*/name", "distributionInfo/*/distributor/*/distributorFormat/*/name"}) {
    for (const Element* name : metadata.all(path)) {
      if (std::string format = text(name);
          !format.empty() && std::find(formats.begin(), formats.end(), format) == formats.end())
        formats.push_back(std::move(format));
    }
  }
  for (IsoOnline& online : resources) {
    if (is_page(online)) {
      out.documentation.push_back(std::move(online.link));
      continue;
    }
    dcat::Distribution made;
    made.title = std::move(online.name);
    made.description = std::move(online.description);
    if (is_download(online)) made.download_url.push_back(online.link);
    made.access_url.push_back(std::move(online.link));
    const dcat::Concept protocol{"", {{online.protocol, ""}}};
    if (!online.media_type.empty()) {
      made.media_type = dcat::Concept{"", {{online.media_type, ""}}};
    }
    if (!online.protocol.empty() && dcat::format(protocol) != nullptr) {
      made.format = protocol;
    } else if (formats.size() == 1 && !online.protocol.starts_with("WWW:LINK")) {
      made.format = dcat::Concept{"", {{formats.front(), ""}}, !is_download(online)};
    } else if (!online.protocol.empty() && !online.protocol.starts_with("WWW:")) {
      made.format = protocol;
    }
    out.distribution.push_back(std::move(made));
  }
}

}  // namespace moisson::harvesters
