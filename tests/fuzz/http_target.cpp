// Any bytes as the target of a request line, and its path against patterns of routes.
#include "http/target.h"

#include "core/text.h"
#include "fuzz.h"
#include "http/pattern.h"

namespace moisson::fuzz {

void read(std::string_view bytes) {
  const auto target = http::parse_target(bytes);
  if (!target) return;
  const std::string& path = target->path;
  require(path.starts_with('/') && is_utf8(path), "a path starts at the root, and is UTF-8");
  for (const char c : path) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "a path has no controls");
  for (const std::string_view segment : split(std::string_view(path).substr(1), '/'))
    require(segment != "." && segment != "..", "a path does not climb");
  require(path.find("//") == std::string::npos, "a path has no empty segments");
  require(target->query.size() <= 200, "parameters are capped");
  for (const auto& [name, value] : target->query)
    require(!name.empty() && is_utf8(name) && is_utf8(value), "parameters have names, and are UTF-8");
  for (const std::string_view pattern : {"/datasets/{id}", "/datasets/{id}.{format}", "/a/{b}/c"}) {
    http::Parameters captures;
    if (!http::matches(pattern, path, captures)) continue;
    for (const auto& [name, value] : captures)
      require(!value.empty() && value.find('/') == std::string::npos, "a capture stays in its segment");
  }
}

}  // namespace moisson::fuzz
