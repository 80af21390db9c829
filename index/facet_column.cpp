#include "index/facet_column.h"

#include "core/text.h"
#include "index/analysis.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t longest_title_key = 80;

std::int64_t milliseconds(Instant instant) { return instant.time_since_epoch().count(); }

std::uint8_t title_words(const Card& card) {
  std::size_t fewest = 255;
  for (const auto& title : card.title) {
    const auto all = words(title.value, 255);
    const auto content = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const Word& word) { return !is_stop_word(word.folded); }));
    fewest = std::min(fewest, content);
  }
  return static_cast<std::uint8_t>(card.title.empty() ? 0 : fewest);
}

Facts facts_of(Row row, const Card& card, std::uint32_t length) {
  Facts facts;
  facts.length = length;
  if (const auto& stated = card.modified ? card.modified : card.issued) facts.modified = milliseconds(stated->instant);
  facts.created = milliseconds(card.issued ? card.issued->instant : card.first_seen);
  facts.changed = milliseconds(card.last_changed);
  facts.first_seen = milliseconds(card.first_seen);
  facts.id = key_of(card.id);
  facts.popularity = card.popularity.value_or(0);
  facts.quality = card.quality;
  facts.counted = card.popularity.has_value();
  facts.first_hand = card.first_hand;
  facts.official = card.official;
  facts.wide = card.wide;
  facts.title_words = title_words(card);
  facts.family = card.family_row == 0 ? row : static_cast<Row>(card.family_row);
  return facts;
}

std::string title_key(const Card& card) {
  const auto* title = best(card.title, card.language);
  if (!title) return {};
  std::string key;
  for (const auto& word : words(title->value, 40)) {
    if (!key.empty()) key += ' ';
    key += word.folded;
    if (key.size() >= longest_title_key) break;
  }
  key.resize(cut(key, longest_title_key).size());
  return key;
}

}  // namespace

const std::vector<Ordinal>& FacetColumn::by_count(search::Field field) const {
  auto& order = by_count_[static_cast<std::size_t>(field)];
  std::call_once(order.once, [&] {
    const auto& known = vocabulary(field);
    for (Ordinal value = 0; value < known.size(); ++value)
      if (known.counts[value] > 0) order.values.push_back(value);
    std::sort(order.values.begin(), order.values.end(), [&](Ordinal a, Ordinal b) {
      if (known.counts[a] != known.counts[b]) return known.counts[a] > known.counts[b];
      return known.entries[a].value < known.entries[b].value;
    });
  });
  return order.values;
}

std::shared_ptr<const Chunk> ColumnBuilder::rebuilt(std::size_t number, const Chunk* old,
                                                    std::span<const Change> changes) {
  auto chunk = std::make_shared<Chunk>();
  auto change = changes.begin();
  std::vector<Dictionary::Reference> references;
  for (std::size_t slot = 0; slot < chunk_rows; ++slot) {
    const bool changed = change != changes.end() && change->row % chunk_rows == slot;
    const bool was = old && old->present[slot];
    const Card* card = changed ? change->card : nullptr;
    const bool keep = was && !changed;
    for (std::size_t field = 0; field < dictionaries_.size(); ++field) {
      auto& set = chunk->values[field][slot];
      if (keep) set = old->values[field][slot];
      if (was && !keep)
        for (const auto& reference : sets_[field].references(old->values[field][slot]))
          dictionaries_[field].remove(reference);
      if (!card) continue;
      references.clear();
      for (const auto& value : card->values[field])
        references.push_back(dictionaries_[field].add(value.value, value.label));
      set = sets_[field].add(references);
    }
    chunk->temporal.append(slot, card   ? std::span<const Period>(card->temporal)
                                 : keep ? old->temporal.of(slot)
                                        : std::span<const Period>{});
    chunk->boxes.append(slot, card   ? std::span<const dcat::BoundingBox>(card->boxes)
                              : keep ? old->boxes.of(slot)
                                     : std::span<const dcat::BoundingBox>{});
    if (card) {
      chunk->facts[slot] = facts_of(change->row, *card, change->length);
      chunk->titles[slot] = title_key(*card);
    } else if (keep) {
      chunk->facts[slot] = old->facts[slot];
      chunk->titles[slot] = old->titles[slot];
    }
    chunk->present[slot] = card || keep;
    documents_ += (card != nullptr || keep) ? 1 : 0;
    documents_ -= was ? 1 : 0;
    const auto row = static_cast<Row>(number * chunk_rows + slot);
    followers_ += chunk->present[slot] && chunk->facts[slot].family != row ? 1 : 0;
    followers_ -= was && old->facts[slot].family != row ? 1 : 0;
    if (changed) ++change;
  }
  return chunk;
}

void ColumnBuilder::apply(std::span<const Change> changes) {
  while (!changes.empty()) {
    const auto number = changes.front().row / chunk_rows;
    const auto end = std::find_if(changes.begin(), changes.end(),
                                  [&](const Change& each) { return each.row / chunk_rows != number; });
    const auto count = static_cast<std::size_t>(end - changes.begin());
    if (chunks_.size() <= number) chunks_.resize(number + 1);
    chunks_[number] = rebuilt(number, chunks_[number].get(), changes.first(count));
    changes = changes.subspan(count);
  }
}

std::shared_ptr<const FacetColumn> ColumnBuilder::freeze() {
  auto column = std::make_shared<FacetColumn>();
  column->chunks_ = chunks_;
  column->documents_ = documents_;
  column->followers_ = followers_;
  for (std::size_t field = 0; field < dictionaries_.size(); ++field) {
    column->vocabularies_[field] = dictionaries_[field].freeze();
    column->sets_[field] = sets_[field].freeze();
  }
  return column;
}

}  // namespace moisson::index
