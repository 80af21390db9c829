// ValueSets: the distinct lists of values that documents have in one field, as small numbers. Documents that say the same share a
// list, so that counting a field over many documents reads one number for each, and each list once. Numbers are given in order
// and never change; a list that no document has any more keeps its place until the index is opened again.
// The ValueSetsBuilder belongs to the writer's thread; ValueSets are what it held at one moment, and are read by any thread.
#pragma once

#include "index/cow_vector.h"
#include "index/dictionary.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace moisson::index {

using SetNumber = std::uint32_t;

// A list of items for each of so many places.
template <class T, std::size_t Places>
struct Ragged {
  std::array<std::uint32_t, Places + 1> starts{};  // of each place's items; the last is the end of all
  std::vector<T> items;

  std::span<const T> of(std::size_t place) const {
    return {items.data() + starts[place], items.data() + starts[place + 1]};
  }

  // Places must be given in order.
  template <class Items>
  void append(std::size_t place, const Items& added) {
    items.insert(items.end(), added.begin(), added.end());
    starts[place + 1] = static_cast<std::uint32_t>(items.size());
  }
};

class ValueSets {
 public:
  static constexpr SetNumber empty = 0;

  std::size_t size() const { return size_; }
  std::span<const Ordinal> of(SetNumber number) const {
    return blocks_[number / block_sets].values.of(number % block_sets);
  }

 private:
  friend class ValueSetsBuilder;
  static constexpr std::size_t block_sets = 1024;
  struct Block {
    Ragged<Ordinal, block_sets> values;
    Ragged<std::uint32_t, block_sets> spellings;  // beside each value, for the writer
  };
  CowVector<Block, 1> blocks_;
  std::size_t size_ = 0;
};

class ValueSetsBuilder {
 public:
  ValueSetsBuilder();

  // The number of the list; `references` in the document's order.
  SetNumber add(std::span<const Dictionary::Reference> references);
  std::vector<Dictionary::Reference> references(SetNumber number) const;

  ValueSets freeze();

 private:
  ValueSets now_;
  std::unordered_map<std::string, SetNumber> numbers_;  // by the references' own bytes
};

}  // namespace moisson::index
