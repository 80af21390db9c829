// MappingReport: what became of each property that the records of a source state. Mappers fill it while they map; a
// preview and the page of the source show it. Bounded; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::dcat {

// read: it stands in our record. guessed: we concluded it from a table or from the source's settings, and the record does
// not say it. dropped: the record says it, and nothing of it stands in ours.
enum class PropertyUse : std::uint8_t { read, guessed, dropped };
std::string_view to_string(PropertyUse use);
std::optional<PropertyUse> property_use(std::string_view word);

// One property, as the source calls it: "resources/*/format", "dct:format", "gmd:MD_Format"; a guessed one as our
// canonical JSON does: "licence".
struct PropertyTally {
  PropertyUse use = PropertyUse::read;
  std::string property;
  std::uint64_t count = 0;  // values
  // The first value met, at most 120 characters; everybody may read it: no mail address, no telephone number.
  std::string example;
  std::string record;  // remote id of the record that had it
  bool operator==(const PropertyTally&) const = default;
};

class MappingReport {
 public:
  static constexpr std::size_t max_properties = 500;  // those met later are counted as one, "…"

  // The record that what follows is about; its id is kept beside each first example.
  void begin_record(std::string_view remote_id);

  // Counts one value. Result: the tally if this is its first value, for the caller to call set_example(); else nullptr.
  PropertyTally* add(PropertyUse use, std::string_view property);
  static void set_example(PropertyTally& tally, std::string_view value);

  // dropped first, then guessed, then read; within each the most frequent first, then by name.
  std::vector<PropertyTally> tallies() const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Tallies = std::unordered_map<std::string, PropertyTally, Hash, std::equal_to<>>;
  Tallies tallies_[3];  // by use
  std::string record_;
  std::size_t count_ = 0;
};

}  // namespace moisson::dcat
