#include "links/format.h"

#include "core/media_type.h"

#include <algorithm>
#include <array>

namespace moisson::links {
namespace {

struct Format {
  std::string_view name;
  std::string_view media_type;
};

constexpr std::array formats{
    Format{"html", "text/html"},          Format{"ttl", "text/turtle"},
    Format{"rdf", "application/rdf+xml"}, Format{"jsonld", "application/ld+json"},
    Format{"json", "application/json"},   Format{"nt", "application/n-triples"},
};

}  // namespace

std::string_view wanted_format(std::string_view accept, std::string_view standard) {
  auto order = formats;
  std::stable_partition(order.begin(), order.end(), [&](const Format& format) { return format.name == standard; });
  std::array<std::string_view, formats.size()> offers;
  std::transform(order.begin(), order.end(), offers.begin(), [](const Format& format) { return format.media_type; });
  const int wanted = negotiate(accept, offers);
  return wanted < 0 ? standard : order[static_cast<std::size_t>(wanted)].name;
}

}  // namespace moisson::links
