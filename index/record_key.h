// RecordKey: a record's id in 16 bytes, in the order of its text, so that the ids of all records stay in memory. Value; pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace moisson::index {

struct RecordKey {
  std::uint64_t high = 0, low = 0;
  bool uuid = false;  // else the first 16 bytes of another id
  std::strong_ordering operator<=>(const RecordKey& other) const {
    return high != other.high ? high <=> other.high : low <=> other.low;
  }
  bool operator==(const RecordKey& other) const { return high == other.high && low == other.low; }
};

RecordKey key_of(std::string_view id);

// The id again; nothing if it was no UUID.
std::optional<std::string> id_of(const RecordKey& key);

// The least and the greatest key of UUIDs that begin so (dashes and case do not count); nothing: no UUID begins so.
std::optional<std::pair<RecordKey, RecordKey>> keys_beginning(std::string_view beginning);

}  // namespace moisson::index
