// Dictionary: the values of one field as small numbers, with how often each occurs and the label to show.
// The Dictionary belongs to the writer's thread; a Vocabulary is what it held at one moment, and is read by any thread.
#pragma once

#include "index/cow_vector.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moisson::index {

using Ordinal = std::uint32_t;

// Value → number. Numbers are given in order and never change, so every Vocabulary shares the one map and ignores
// what is newer than itself. Thread-safe.
class OrdinalMap {
 public:
  std::optional<Ordinal> find(std::string_view value) const;
  Ordinal intern(std::string_view value);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Ordinal, Hash, std::equal_to<>> numbers_;
};

class Vocabulary {
 public:
  struct Entry {
    std::string value;
    std::string label;  // empty where the words for it are a vocabulary's
  };
  std::size_t size() const { return entries.size(); }
  std::optional<Ordinal> find(std::string_view value) const;

  CowVector<Entry, 256> entries;
  CowVector<std::uint32_t, 1024> counts;  // documents that have the value
  std::shared_ptr<const OrdinalMap> ordinals;
};

class Dictionary {
 public:
  // One occurrence more, or less; `spelling` is the label that came with it. The result names the pair for remove().
  struct Reference {
    Ordinal value = 0;
    std::uint32_t spelling = 0;
    bool operator==(const Reference&) const = default;
  };
  Reference add(std::string_view value, std::string_view spelling);
  void remove(Reference reference);

  // A value's label is its commonest spelling, the first in byte order among equals.
  Vocabulary freeze();

 private:
  struct Spelling {
    std::string text;
    std::uint32_t count = 0;
  };
  Vocabulary now_;
  std::shared_ptr<OrdinalMap> ordinals_ = std::make_shared<OrdinalMap>();
  std::vector<std::vector<Spelling>> spellings_;  // by ordinal
  std::vector<Ordinal> touched_;
};

}  // namespace moisson::index
