#include <moisson/dcat/mapping_report.h>

#include "core/text.h"
#include "dcat/contacts.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace moisson::dcat {
namespace {

constexpr std::size_t max_example = 120;  // characters
constexpr std::size_t max_name = 200;     // bytes
constexpr std::string_view others = "…";

constexpr std::array uses{PropertyUse::dropped, PropertyUse::guessed, PropertyUse::read};

}  // namespace

std::string_view to_string(PropertyUse use) {
  switch (use) {
    case PropertyUse::read:
      return "read";
    case PropertyUse::guessed:
      return "guessed";
    case PropertyUse::dropped:
      break;
  }
  return "dropped";
}

std::optional<PropertyUse> property_use(std::string_view word) {
  for (const PropertyUse use : uses)
    if (to_string(use) == word) return use;
  return std::nullopt;
}

void MappingReport::begin_record(std::string_view remote_id) { record_ = remote_id; }

PropertyTally* MappingReport::add(PropertyUse use, std::string_view property) {
  Tallies& tallies = tallies_[static_cast<std::size_t>(use)];
  auto found = tallies.find(cut(property, max_name));
  if (found == tallies.end() && count_ >= max_properties) found = tallies.find(others);
  if (found != tallies.end()) {
    ++found->second.count;
    return nullptr;
  }
  const std::string name(count_ < max_properties ? cut(property, max_name) : others);
  ++count_;
  PropertyTally& tally = tallies[name];
  tally = {use, name, 1, "", record_};
  return &tally;
}

void MappingReport::set_example(PropertyTally& tally, std::string_view value) {
  tally.example = shorten(without_contacts(clean_utf8(cut(value, 4 * max_example))), max_example);
}

std::vector<PropertyTally> MappingReport::tallies() const {
  std::vector<PropertyTally> all;
  for (const PropertyUse use : uses) {
    const auto begin = static_cast<std::ptrdiff_t>(all.size());
    for (const auto& [name, tally] : tallies_[static_cast<std::size_t>(use)]) all.push_back(tally);
    std::sort(all.begin() + begin, all.end(), [](const PropertyTally& a, const PropertyTally& b) {
      return std::tie(b.count, a.property) < std::tie(a.count, b.property);
    });
  }
  return all;
}

}  // namespace moisson::dcat
