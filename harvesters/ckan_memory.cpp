#include "harvesters/ckan_memory.h"

#include "core/json.h"

#include <algorithm>

namespace moisson::harvesters {
namespace {

std::optional<Instant> instant(json::View value) {
  const auto text = value.string();
  if (!text) return std::nullopt;
  const auto read = parse_moment(*text);
  if (!read) return std::nullopt;
  return read->instant;
}

}  // namespace

std::string to_json(const CkanMemory& memory) {
  json::Writer out;
  out.begin_object().field("base", memory.base).key("rows").unsigned_integer(memory.rows);
  if (memory.run) out.field("run", format_rfc3339(*memory.run));
  if (memory.full) out.field("full", format_rfc3339(*memory.full));
  out.end_object();
  return out.take();
}

CkanMemory ckan_memory(std::string_view json) {
  CkanMemory memory;
  const auto parsed = json::Document::parse(json);
  if (!parsed) return memory;
  const json::View root = parsed->root();
  memory.base = root["base"].text();
  memory.rows = static_cast<std::uint64_t>(std::clamp<std::int64_t>(root["rows"].integer().value_or(1000), 1, 1000));
  memory.run = instant(root["run"]);
  memory.full = instant(root["full"]);
  return memory;
}

}  // namespace moisson::harvesters
