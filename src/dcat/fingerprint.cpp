#include "dcat/fingerprint.h"

#include "core/hash.h"
#include "core/text.h"
#include "dcat/canonical_json.h"

#include <algorithm>

namespace moisson::dcat {
namespace {

std::string_view last_segment(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  const auto slash = url.find_last_of("/#");
  return slash == std::string_view::npos ? url : url.substr(slash + 1);
}

// UUIDs and hexadecimal ids: CKAN's and udata's names for one record or one file.
bool is_machine_id(std::string_view segment) {
  return segment.size() >= 16 && std::all_of(segment.begin(), segment.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
         });
}

// https://portal/dataset/{id}/resource/{id}/download/lines.csv keeps the host and "lines.csv".
std::string without_ids(std::string_view url, const std::vector<std::string>& own_ids) {
  std::string kept;
  for (const auto segment : split(url, '/')) {
    if (is_machine_id(segment) || std::find(own_ids.begin(), own_ids.end(), segment) != own_ids.end()) continue;
    kept.append(segment).append("/");
  }
  return kept;
}

}  // namespace

std::string fingerprint(const Record& record) {
  Record bare = record;
  Resource& common = resource(bare);

  std::vector<std::string> own_ids = common.identifier;
  own_ids.insert(own_ids.end(), common.other_identifier.begin(), common.other_identifier.end());
  own_ids.emplace_back(last_segment(common.iri));
  for (const auto& page : common.landing_page) own_ids.emplace_back(last_segment(page.value));

  common.iri.clear();
  common.identifier.clear();
  common.other_identifier.clear();
  common.landing_page.clear();
  common.issued.reset();
  common.modified.reset();
  if (auto* dataset = std::get_if<Dataset>(&bare)) {
    for (auto& distribution : dataset->distribution) {
      distribution.iri.clear();
      distribution.issued.reset();
      distribution.modified.reset();
      for (auto* urls : {&distribution.access_url, &distribution.download_url})
        for (auto& url : *urls) url.value = without_ids(url.value, own_ids);
    }
  }
  return sha256_hex(to_json(bare));
}

}  // namespace moisson::dcat
