#include "http/target.h"

#include "core/text.h"
#include "core/url.h"
#include "http/query_string.h"

#include <algorithm>
#include <vector>

namespace moisson::http {
namespace {

// RFC 3986 §5.2.4, after decoding, so that "%2e%2e" climbs no further than "..".
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto segments = split(path, '/');
  for (std::string_view segment : segments) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..")
      kept.push_back(segment);
    else if (!kept.empty())
      kept.pop_back();
  }
  std::string out;
  for (std::string_view segment : kept) (out += '/') += segment;
  const bool directory = segments.back().empty() || segments.back() == "." || segments.back() == "..";
  if (out.empty() || directory) out += '/';
  return out;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !iequals_ascii(target.substr(0, scheme.size()), scheme)) continue;
    const auto path = target.find_first_of("/?", scheme.size());
    target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    if (target.front() == '?') return parse_target("/" + std::string(target));
    break;
  }
  if (!target.starts_with('/'))
    return Error{ErrorCode::invalid_input, "the request target is neither a path nor an http address", "", ""};
  target = target.substr(0, target.find('#'));
  const auto mark = target.find('?');

  std::string path = percent_decode(target.substr(0, mark));
  if (!is_utf8(path)) return Error{ErrorCode::invalid_input, "the path is not UTF-8", "", ""};
  if (std::any_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return Error{ErrorCode::invalid_input, "the path holds control characters", "", ""};

  auto query = parse_query_string(mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1));
  if (!query) return query.error();
  return Target{without_dot_segments(path), std::move(*query)};
}

}  // namespace moisson::http
