// Any bytes as an API of api.gouv.fr: its element of the list in the first line, its Markdown file in the rest; as a
// raw record; and as front matter alone.
#include "harvesters/api_gouv_record.h"

#include "fuzz.h"
#include "harvesters/front_matter.h"
#include "stored.h"

#include <string>

namespace moisson::fuzz {
namespace {

void map(const std::string& raw) {
  static const harvest::HarvestSource source = [] {
    harvest::HarvestSource made;
    made.id = "api-gouv";
    made.language = "fr";
    made.url = "https://api.gouv.example";
    return made;
  }();
  dcat::MappingReport report;
  const auto mapped =
      harvesters::map_api_gouv(source, {"application/json", raw, source.url + "/api/v1/apis", "/0"}, &report);
  // Whoever asks the portal gives a record without an id none (harvesters/api_gouv.cpp).
  if (mapped && !mapped->remote_id.empty() && mapped->remote_id.size() <= 2'000) check_stored(*mapped, raw);
}

void check_front_matter(std::string_view bytes) {
  const auto read = harvesters::read_front_matter(bytes);
  if (!read) return;
  require(read->fields.size() <= harvesters::max_front_matter_fields, "fields are capped");
  for (const auto& [name, items] : read->fields) {
    require(!name.empty(), "a field has a name");
    require(items.size() <= harvesters::max_front_matter_items, "items are capped");
    require(read->list(name).size() <= harvesters::max_front_matter_items, "a field is found by its name");
  }
  require(bytes.size() >= read->body.size(), "the body is a part of the file");
}

}  // namespace

void read(std::string_view bytes) {
  check_front_matter(bytes);
  map(std::string(bytes));
  const auto [element, rest] = first_line_and_rest(bytes);
  const auto document = json::Document::parse(element);
  if (!document) return;
  require(harvesters::api_gouv_id(document->root()).size() <= bytes.size(), "the id is of the element");
  const std::string file(rest);
  map(harvesters::api_gouv_raw(element, nullptr));
  map(harvesters::api_gouv_raw(element, &file));
}

}  // namespace moisson::fuzz
