#include "index/dictionary.h"

#include <algorithm>
#include <mutex>

namespace moisson::index {

std::optional<Ordinal> OrdinalMap::find(std::string_view value) const {
  const std::shared_lock lock(mutex_);
  const auto found = numbers_.find(value);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

Ordinal OrdinalMap::intern(std::string_view value) {
  if (const auto known = find(value)) return *known;
  const std::unique_lock lock(mutex_);
  return numbers_.emplace(value, static_cast<Ordinal>(numbers_.size())).first->second;
}

std::optional<Ordinal> Vocabulary::find(std::string_view value) const {
  const auto found = ordinals ? ordinals->find(value) : std::nullopt;
  return found && *found < size() ? found : std::nullopt;
}

Dictionary::Reference Dictionary::add(std::string_view value, std::string_view spelling) {
  const auto ordinal = ordinals_->intern(value);
  if (ordinal >= now_.entries.size()) {
    now_.entries.edit(ordinal).value = value;
    spellings_.resize(ordinal + 1);
  }
  ++now_.counts.edit(ordinal);
  auto& known = spellings_[ordinal];
  auto found = std::find_if(known.begin(), known.end(), [&](const Spelling& each) { return each.text == spelling; });
  if (found == known.end()) found = known.insert(known.end(), {std::string(spelling), 0});
  ++found->count;
  touched_.push_back(ordinal);
  return {ordinal, static_cast<std::uint32_t>(found - known.begin())};
}

void Dictionary::remove(Reference reference) {
  --now_.counts.edit(reference.value);
  --spellings_[reference.value][reference.spelling].count;
  touched_.push_back(reference.value);
}

Vocabulary Dictionary::freeze() {
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const auto ordinal : touched_) {
    const auto& known = spellings_[ordinal];
    const auto best = std::min_element(known.begin(), known.end(), [](const Spelling& a, const Spelling& b) {
      return a.count != b.count ? a.count > b.count : a.text < b.text;
    });
    if (now_.entries[ordinal].label != best->text) now_.entries.edit(ordinal).label = best->text;
  }
  touched_.clear();
  Vocabulary frozen;
  frozen.entries = now_.entries.freeze();
  frozen.counts = now_.counts.freeze();
  frozen.ordinals = ordinals_;
  return frozen;
}

}  // namespace moisson::index
