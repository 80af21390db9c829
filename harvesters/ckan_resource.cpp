#include "harvesters/ckan_resource.h"

#include "core/text.h"
#include "core/url.h"
#include "harvesters/ckan_values.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_resources = 10'000;

std::optional<dcat::Checksum> checksum(JsonReader& reader) {
  dcat::Checksum sum{reader.text("hash_algorithm checksum_algorithm", 200), reader.text("hash checksum", 400)};
  if (sum.value.empty()) return std::nullopt;
  // "sha1:ab12…", and CKAN's own bare MD5 or SHA-1 by its length.
  if (const auto colon = sum.value.find(':'); colon != std::string::npos && sum.algorithm.empty()) {
    sum.algorithm = sum.value.substr(0, colon);
    sum.value.erase(0, colon + 1);
  }
  if (sum.algorithm.empty()) {
    sum.algorithm = sum.value.size() == 32   ? "md5"
                    : sum.value.size() == 40 ? "sha1"
                    : sum.value.size() == 64 ? "sha256"
                                             : "";
  }
  return sum;
}

dcat::Distribution distribution(JsonReader& reader, json::View resource, const std::string& dataset_iri, bool ours) {
  dcat::Distribution made;
  if (const std::string uri = reader.text("uri"); is_iri(uri)) {
    made.iri = uri;
  } else if (const std::string id(trim(resource["id"].text())); !id.empty() && !ours) {
    made.iri = dataset_iri + "/resource/" + percent_encode(id);
  }
  made.title = reader.literals("name_translated name title");
  made.description = reader.literals("description_translated description", ckan_max_description);
  if (auto url = reader.link(ours ? "access_url" : "access_url url")) made.access_url.push_back(std::move(*url));
  if (auto url = reader.link("download_url")) {
    made.download_url.push_back(std::move(*url));
  } else if (!made.access_url.empty() && (resource["url_type"].string() == "upload" ||
                                          resource["resource_type"].string().value_or("").starts_with("file"))) {
    made.download_url = made.access_url;
  }
  if (std::string format = reader.text(ours ? "format_stated format" : "format", 200); !format.empty()) {
    made.format = dcat::Concept{};
    is_iri(format) ? void(made.format->iri = std::move(format)) : void(made.format->label = {{std::move(format), {}}});
  }
  if (std::string type = reader.text("mimetype", 200); !type.empty()) {
    made.media_type = dcat::Concept{};
    is_iri(type) ? void(made.media_type->iri = std::move(type))
                 : void(made.media_type->label = {{std::move(type), {}}});
  }
  made.licence = reader.term("license license_url");
  made.rights = reader.literals("rights");
  made.byte_size = reader.size("size");
  made.checksum = checksum(reader);
  made.issued = reader.moment(ours ? "issued" : "issued created");
  made.modified = reader.moment(ours ? "modified" : "modified last_modified metadata_modified");
  made.language = reader.terms("language");
  made.conforms_to = reader.iris("conforms_to");
  made.availability = reader.term("availability");
  made.compress_format = reader.term("compress_format");
  made.package_format = reader.term("package_format");
  return made;
}

}  // namespace

std::vector<dcat::Distribution> ckan_distributions(JsonReader& reader, const std::string& dataset_iri) {
  std::vector<dcat::Distribution> made;
  const auto resources = reader.array("resources");
  made.reserve(std::min(resources.size(), max_resources));
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (made.size() >= max_resources) {
      reader.found("list_cut", "resources", "more than 10,000 resources; the first are kept");
      break;
    }
    JsonReader read = ckan_reader(reader.context(), resources[i], "/resources/" + std::to_string(i), reader.findings());
    if (!resources[i].is(json::Kind::object)) {
      reader.found("type_wrong", "resources", "resource " + std::to_string(i) + " is no object");
    } else if (resources[i]["state"].string() != "deleted") {
      made.push_back(distribution(read, resources[i], dataset_iri, is_of_moisson(reader)));
      read.use("id url_type resource_type state");
      read.tell();
    }
  }
  return made;
}

}  // namespace moisson::harvesters
