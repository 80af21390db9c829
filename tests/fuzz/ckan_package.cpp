// Any bytes as one package of a CKAN portal.
#include "harvesters/ckan_package.h"

#include "stored.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto document = json::Document::parse(bytes);
  if (!document) return;
  static const harvest::HarvestSource source = [] {
    harvest::HarvestSource made;
    made.id = "portal";
    made.language = "fr";
    return made;
  }();
  static_cast<void>(harvesters::ckan_package_title(document->root()));
  static_cast<void>(harvesters::ckan_popularity(document->root()));
  static_cast<void>(harvesters::ckan_skip_reason(document->root()));
  harvest::RawSource raw{"application/json", std::string(bytes),
                         "https://a.example/api/3/action/package_search?start=0", "/result/results/0"};
  dcat::MappingReport report;
  const auto mapped = harvesters::map_ckan_package(source, document->root(), std::move(raw), &report);
  if (!mapped) {
    require(mapped.error().code == ErrorCode::invalid_input, "only what has no title or no id is refused");
    return;
  }
  check_stored(*mapped, bytes);
}

}  // namespace moisson::fuzz
