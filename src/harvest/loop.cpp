#include "harvest/loop.h"

#include <algorithm>
#include <utility>

namespace moisson::harvest {

bool Loop::is_ours(const std::string& address) const {
  if (catalog_url_.empty() || !address.starts_with(catalog_url_)) return false;
  return address.size() == catalog_url_.size() || address[catalog_url_.size()] == '/';
}

std::optional<RecordSkip> Loop::meets(const HarvestedRecord& record) {
  const dcat::Resource& resource = dcat::resource(record.record);
  const bool ours = is_ours(resource.iri) || std::any_of(record.trail.begin(), record.trail.end(),
                                                         [this](const auto& place) { return is_ours(place); });
  if (!ours) return std::nullopt;
  ++met_;
  return RecordSkip{record.remote_id, resource.title.empty() ? std::string() : resource.title.front().value,
                    "it passed through this catalog before"};
}

std::optional<dcat::Finding> Loop::finding() const {
  if (met_ == 0) return std::nullopt;
  return dcat::Finding{"harvests_us", catalog_url_,
                       "this source harvests our catalog: " + std::to_string(met_) +
                           " of its records passed through here before and were left out",
                       "if it does not, the two catalogs share a base_url: give each its own"};
}

}  // namespace moisson::harvest
