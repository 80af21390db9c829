#include "harvesters/page_memory.h"

#include "core/json.h"

#include <algorithm>

namespace moisson::harvesters {

PageMemory read_memory(const harvest::Memory& memory) {
  PageMemory out;
  const auto document = json::Document::parse(memory.json);
  if (!document) return out;
  const json::View root = document->root();
  out.url = root["url"].text();
  out.mapping_version = static_cast<int>(root["mapping_version"].integer().value_or(0));
  for (const json::View page : root["pages"].items()) {
    out.pages.push_back({page["url"].text(), {page["etag"].text(), page["last_modified"].text()}});
  }
  return out;
}

harvest::Memory write_memory(const PageMemory& memory) {
  constexpr std::size_t max_bytes = std::size_t{64} << 10;
  const bool blind = std::any_of(memory.pages.begin(), memory.pages.end(),
                                 [](const PageMemory::Page& page) { return page.validators == net::Validators{}; });
  if (memory.pages.empty() || blind) return {};
  json::Writer writer;
  writer.begin_object()
      .field("url", memory.url)
      .key("mapping_version")
      .integer(memory.mapping_version)
      .key("pages")
      .begin_array();
  for (const PageMemory::Page& page : memory.pages) {
    writer.begin_object().field("url", page.url);
    if (!page.validators.etag.empty()) writer.field("etag", page.validators.etag);
    if (!page.validators.last_modified.empty()) writer.field("last_modified", page.validators.last_modified);
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.text().size() <= max_bytes ? harvest::Memory{writer.take()} : harvest::Memory{};
}

}  // namespace moisson::harvesters
