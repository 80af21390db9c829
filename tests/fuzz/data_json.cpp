// Any bytes as a data.json: cut into its elements while it arrives, each element mapped.
#include "harvesters/data_json_record.h"

#include "core/json.h"
#include "harvesters/data_json_page.h"
#include "harvesters/json_mend.h"
#include "harvesters/socrata_asset.h"
#include "served.h"
#include "stored.h"

#include <string>

namespace moisson::fuzz {
namespace {

void map(std::string_view bytes, const std::string& pointer) {
  static const harvest::HarvestSource source = [] {
    harvest::HarvestSource made;
    made.id = "portal";
    made.language = "en";
    made.url = "https://a.example/data.json";
    return made;
  }();
  std::vector<dcat::Finding> findings;
  const auto parsed = harvesters::parse_mended(bytes, findings);
  if (!parsed) return;
  static_cast<void>(harvesters::data_json_title(parsed->root()));
  static_cast<void>(harvesters::data_json_skip_reason(parsed->root()));
  harvest::RawSource raw{"application/json", std::string(bytes), source.url, pointer};
  dcat::MappingReport report;
  const auto mapped = harvesters::map_data_json(source, std::move(raw), &report);
  if (!mapped) {
    require(mapped.error().code == ErrorCode::invalid_input, "only what has no title or no id is refused");
    return;
  }
  check_stored(*mapped, bytes);
}

}  // namespace

void read(std::string_view bytes) {
  map(bytes, "/dataset/0");
  std::size_t elements = 0;
  Served portal(bytes, "application/json");
  const auto page = harvesters::fetch_data_json(
      portal, "https://a.example/data.json", {},
      [&](const json::StreamedElement& element, const std::string& pointer) -> Result<void> {
        ++elements;
        if (element.whole) map(element.bytes, pointer);
        return {};
      });
  require(!page || page->elements == elements, "elements are counted");
  const auto document = json::Document::parse(bytes);
  if (document && document->root()["dataset"].is(json::Kind::array))
    require(page && !page->broken && elements >= document->root()["dataset"].size(),
            "a well-formed list is read whole");
}

}  // namespace moisson::fuzz
