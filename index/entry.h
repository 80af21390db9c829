// Entry: what the projection hands over for one record; everything the index keeps of it comes from here. Value.
#pragma once

#include <moisson/core/time.h>
#include <moisson/dcat/record.h>

#include <cstdint>
#include <optional>
#include <string>

namespace moisson::index {

struct Entry {
  std::uint64_t row = 0;  // document id
  std::string id;
  std::uint64_t family_row = 0;  // of the record that leads its family; 0: its own
  std::string source_id;
  std::string source_title;
  std::string source_language;  // for records that state none
  std::string remote_id;
  dcat::Record record;
  Instant first_seen{};
  Instant last_changed{};
  std::optional<std::uint64_t> popularity;
};

}  // namespace moisson::index
