#include "index/facet_count.h"

#include "dcat/vocabulary.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

struct Counted {
  Ordinal value = 0;
  std::uint32_t count = 0;
};

// Counts by ordinal over the rows. The tables are the thread's own and the first is left zero, so a question pays for the
// values it meets, not for the size of the dictionary.
std::vector<Counted> counted(const FacetColumn& column, search::Field field, std::span<const Row> rows) {
  static thread_local std::vector<std::uint32_t> table;
  static thread_local std::vector<Ordinal> met;
  const auto distinct = column.vocabulary(field).size();
  if (table.size() < distinct) table.resize(distinct);
  if (met.size() <= distinct) met.resize(distinct + 1);  // one is written beyond the last met
  std::uint32_t* const count = table.data();
  Ordinal* end = met.data();
  for (auto row = rows.begin(); row != rows.end();) {
    const auto number = *row / chunk_rows;
    const auto& values = column.chunk(number)->values[static_cast<std::size_t>(field)];
    for (; row != rows.end() && *row / chunk_rows == number; ++row) {
      for (const auto value : values.of(*row % chunk_rows)) {
        *end = value;
        end += count[value]++ == 0 ? 1 : 0;
      }
    }
  }
  std::vector<Counted> counts;
  counts.reserve(static_cast<std::size_t>(end - met.data()));
  for (const auto* value = met.data(); value != end; ++value) {
    counts.push_back({*value, count[*value]});
    count[*value] = 0;
  }
  return counts;
}

std::string label_of(const Vocabulary::Entry& entry, const FacetWish& wish) {
  if (row(wish.field).free_label) return entry.label.empty() ? entry.value : entry.label;
  return dcat::label(search::description(wish.field).name, entry.value, wish.language);
}

search::Facet facet(const FacetColumn& column, const FacetWish& wish, std::vector<Counted> counts) {
  const auto& vocabulary = column.vocabulary(wish.field);
  search::Facet facet{wish.field, {}, counts.size()};
  const auto shown = std::min<std::size_t>(wish.size, counts.size());
  std::partial_sort(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(shown), counts.end(),
                    [&](const Counted& a, const Counted& b) {
                      if (a.count != b.count) return a.count > b.count;
                      return vocabulary.entries[a.value].value < vocabulary.entries[b.value].value;
                    });
  const auto selected = [&](const std::string& value) {
    return std::find(wish.selected.begin(), wish.selected.end(), value) != wish.selected.end();
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& entry = vocabulary.entries[counts[i].value];
    facet.values.push_back({entry.value, label_of(entry, wish), counts[i].count, selected(entry.value)});
  }
  for (const auto& value : wish.selected) {
    if (std::any_of(facet.values.begin(), facet.values.end(), [&](const auto& each) { return each.value == value; })) continue;
    const auto known = vocabulary.find(value);
    const auto found = known ? std::find_if(counts.begin(), counts.end(), [&](const Counted& each) { return each.value == *known; })
                             : counts.end();
    const Vocabulary::Entry entry = known ? vocabulary.entries[*known] : Vocabulary::Entry{value, {}};
    facet.values.push_back({value, label_of(entry, wish), found == counts.end() ? 0U : found->count, true});
  }
  return facet;
}

}  // namespace

search::Facet count_facet(const FacetColumn& column, const FacetWish& wish, std::span<const Row> rows) {
  return facet(column, wish, counted(column, wish.field, rows));
}

search::Facet count_facet_without(const FacetColumn& column, const FacetWish& wish, std::span<const Row> rows) {
  const auto& vocabulary = column.vocabulary(wish.field);
  auto without = counted(column, wish.field, rows);
  std::sort(without.begin(), without.end(), [](const Counted& a, const Counted& b) { return a.value < b.value; });
  std::vector<Counted> counts;
  auto missing = without.begin();
  for (Ordinal value = 0; value < vocabulary.size(); ++value) {
    auto count = vocabulary.counts[value];
    if (missing != without.end() && missing->value == value) count -= (missing++)->count;
    if (count > 0) counts.push_back({value, count});
  }
  return facet(column, wish, std::move(counts));
}

}  // namespace moisson::index
