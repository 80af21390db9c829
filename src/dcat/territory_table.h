// The tables behind territory.h: every territory, by key, code, SIREN, name and box. Made once; immutable; thread-safe.
#pragma once

#include "dcat/territory.h"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace moisson::dcat {

class TerritoryTable {
 public:
  struct Box {
    BoundingBox box;
    const Territory* territory;
  };

  TerritoryTable();

  const Territory* find(std::string_view key) const;    // also of a commune that is part of another today
  const Territory* with_id(std::string_view id) const;  // "iso:FRA", "nuts:FRL04", "wikidata:Q142", "geonames:3017382"
  const Territory* with_siren(std::string_view siren) const;
  std::vector<const Territory*> named(std::string_view bare) const;  // `bare` as bare_name() gives it
  std::span<const Box> boxes() const { return boxes_; }

 private:
  void name(std::string_view name, const Territory& territory);

  std::vector<Territory> all_;
  std::deque<std::string> former_;  // keys that by_key_ looks into
  std::unordered_map<std::string_view, const Territory*> by_key_, by_id_, by_siren_;
  std::vector<std::pair<std::uint64_t, const Territory*>> names_;  // hash of the bare name, sorted
  std::vector<Box> boxes_;
};

const TerritoryTable& territory_table();

// How names are compared: folded, signs as blanks, articles at the beginning dropped ("du Havre" and "Le Havre" are "havre").
std::string bare_name(std::string_view name);

}  // namespace moisson::dcat
