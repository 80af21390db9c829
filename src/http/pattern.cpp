#include "http/pattern.h"

#include <algorithm>
#include <string>

namespace moisson::http {
namespace {

std::string shape(std::string_view pattern) {
  std::string out;
  bool inside = false;
  for (char c : pattern) {
    if (c == '}') inside = false;
    if (!inside) out += c;
    if (c == '{') inside = true;
  }
  return out;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view path, Parameters& captures) {
  const auto open = pattern.find('{');
  if (open == std::string_view::npos) return pattern == path;
  if (!path.starts_with(pattern.substr(0, open))) return false;
  const auto close = pattern.find('}', open);
  const std::string_view name = pattern.substr(open + 1, close - open - 1);
  const std::string_view rest = pattern.substr(close + 1);
  path.remove_prefix(open);

  const std::size_t kept = captures.size();
  for (std::size_t size = std::min(path.find('/'), path.size()); size > 0; --size) {
    captures.emplace_back(name, path.substr(0, size));
    if (matches(rest, path.substr(size), captures)) return true;
    captures.resize(kept);
  }
  return false;
}

std::size_t literal_size(std::string_view pattern) {
  const std::string bare = shape(pattern);
  std::size_t braces = 0;
  for (char c : bare) braces += c == '{' || c == '}';
  return bare.size() - braces;
}

bool same_shape(std::string_view a, std::string_view b) { return shape(a) == shape(b); }

}  // namespace moisson::http
