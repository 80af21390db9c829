// Loop: the records of a source that passed through this catalog before. A catalog that harvests us hands our own records
// back; taken in again they would stand here twice, and go round. Their trail tells (harvested_record.h), or an IRI that is
// an address of ours. One thread.
#pragma once

#include <moisson/dcat/finding.h>
#include <moisson/harvest/harvested_record.h>

#include <cstdint>
#include <optional>
#include <string>

namespace moisson::harvest {

class Loop {
 public:
  // The catalog's base_url; empty: nothing is known as ours.
  explicit Loop(std::string catalog_url) : catalog_url_(std::move(catalog_url)) {}

  // The skip of a record that passed through here; nothing for every other record.
  std::optional<RecordSkip> meets(const HarvestedRecord& record);

  // What the report says of the source as a whole: it harvests us; nothing if no record was met.
  std::optional<dcat::Finding> finding() const;

 private:
  bool is_ours(const std::string& address) const;

  std::string catalog_url_;
  std::uint64_t met_ = 0;
};

}  // namespace moisson::harvest
