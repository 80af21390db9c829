#include "index/value_sets.h"

namespace moisson::index {

ValueSetsBuilder::ValueSetsBuilder() { add({}); }

SetNumber ValueSetsBuilder::add(std::span<const Dictionary::Reference> references) {
  std::string key(reinterpret_cast<const char*>(references.data()), references.size_bytes());
  const auto [known, is_new] = numbers_.emplace(std::move(key), static_cast<SetNumber>(now_.size_));
  if (!is_new) return known->second;
  std::vector<Ordinal> values;
  std::vector<std::uint32_t> spellings;
  for (const auto& reference : references) {
    values.push_back(reference.value);
    spellings.push_back(reference.spelling);
  }
  auto& block = now_.blocks_.edit(now_.size_ / ValueSets::block_sets);
  block.values.append(now_.size_ % ValueSets::block_sets, values);
  block.spellings.append(now_.size_ % ValueSets::block_sets, spellings);
  ++now_.size_;
  return known->second;
}

std::vector<Dictionary::Reference> ValueSetsBuilder::references(SetNumber number) const {
  const auto& block = now_.blocks_[number / ValueSets::block_sets];
  const auto values = block.values.of(number % ValueSets::block_sets),
             spellings = block.spellings.of(number % ValueSets::block_sets);
  std::vector<Dictionary::Reference> found;
  for (std::size_t i = 0; i < values.size(); ++i) found.push_back({values[i], spellings[i]});
  return found;
}

ValueSets ValueSetsBuilder::freeze() {
  auto frozen = now_;
  frozen.blocks_ = now_.blocks_.freeze();
  return frozen;
}

}  // namespace moisson::index
