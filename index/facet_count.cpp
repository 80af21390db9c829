#include "index/facet_count.h"

#include "dcat/vocabulary.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

// Counts by ordinal. The tables are the thread's own and the first is left zero, so a question pays for the values it meets, not for
// the size of the dictionary.
class Tally {
 public:
  explicit Tally(std::size_t distinct) {
    if (table().size() < distinct) table().resize(distinct);
    if (met().size() <= distinct) met().resize(distinct + 1);  // one is written beyond the last met
    count_ = table().data();
    end_ = met().data();
  }

  void add(Ordinal value, std::uint32_t count = 1) {
    *end_ = value;
    end_ += count_[value] == 0 ? 1 : 0;
    count_[value] += count;
  }

  std::vector<ValueCount> take() {
    std::vector<ValueCount> counts;
    counts.reserve(static_cast<std::size_t>(end_ - met().data()));
    for (const auto* value = met().data(); value != end_; ++value) {
      counts.push_back({*value, count_[*value]});
      count_[*value] = 0;
    }
    return counts;
  }

 private:
  static std::vector<std::uint32_t>& table() {
    static thread_local std::vector<std::uint32_t> counts;
    return counts;
  }
  static std::vector<Ordinal>& met() {
    static thread_local std::vector<Ordinal> values;
    return values;
  }

  std::uint32_t* count_;
  Ordinal* end_;
};

// Which lists of values the rows have, and how many each.
std::vector<ValueCount> count_sets(const FacetColumn& column, search::Field field, std::span<const Row> rows) {
  Tally tally(column.sets(field).size());
  for (auto row = rows.begin(); row != rows.end();) {
    const auto number = *row / chunk_rows;
    const auto& sets = column.chunk(number)->values[static_cast<std::size_t>(field)];
    for (; row != rows.end() && *row / chunk_rows == number; ++row) tally.add(sets[*row % chunk_rows]);
  }
  return tally.take();
}

Tally count_rows(const FacetColumn& column, search::Field field, std::span<const Row> rows) {
  const auto& sets = column.sets(field);
  const auto counts = count_sets(column, field, rows);
  Tally tally(column.vocabulary(field).size());
  for (const auto& each : counts)
    for (const auto value : sets.of(each.value)) tally.add(value, each.count);
  return tally;
}

bool by_value(const ValueCount& a, const ValueCount& b) { return a.value < b.value; }

std::string label_of(const Vocabulary::Entry& entry, const FacetWish& wish) {
  if (row(wish.field).free_label) return entry.label.empty() ? entry.value : entry.label;
  return dcat::label(search::description(wish.field).name, entry.value, wish.language);
}

// Whether `a` stands before `b` in a facet.
struct Before {
  const Vocabulary& vocabulary;
  bool operator()(const ValueCount& a, const ValueCount& b) const {
    if (a.count != b.count) return a.count > b.count;
    return vocabulary.entries[a.value].value < vocabulary.entries[b.value].value;
  }
};

// `best`: the values to show, in order; `count_of`: of any ordinal.
template <class CountOf>
search::Facet facet(const FacetColumn& column, const FacetWish& wish, std::span<const ValueCount> best,
                    std::size_t distinct, CountOf count_of) {
  const auto& vocabulary = column.vocabulary(wish.field);
  search::Facet facet{wish.field, {}, distinct};
  const auto selected = [&](const std::string& value) {
    return std::find(wish.selected.begin(), wish.selected.end(), value) != wish.selected.end();
  };
  for (const auto& each : best) {
    const auto& entry = vocabulary.entries[each.value];
    facet.values.push_back({entry.value, label_of(entry, wish), each.count, selected(entry.value)});
  }
  for (const auto& value : wish.selected) {
    if (std::any_of(facet.values.begin(), facet.values.end(), [&](const auto& each) { return each.value == value; }))
      continue;
    const auto known = vocabulary.find(value);
    const Vocabulary::Entry entry = known ? vocabulary.entries[*known] : Vocabulary::Entry{value, {}};
    facet.values.push_back({value, label_of(entry, wish), known ? count_of(*known) : 0U, true});
  }
  return facet;
}

search::Facet best_of(const FacetColumn& column, const FacetWish& wish, std::vector<ValueCount> counts) {
  const auto shown = std::min<std::size_t>(wish.size, counts.size());
  std::partial_sort(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(shown), counts.end(),
                    Before{column.vocabulary(wish.field)});
  return facet(column, wish, std::span(counts).first(shown), counts.size(), [&](Ordinal value) {
    const auto found =
        std::find_if(counts.begin(), counts.end(), [&](const ValueCount& each) { return each.value == value; });
    return found == counts.end() ? 0U : found->count;
  });
}

}  // namespace

search::Facet count_facet(const FacetColumn& column, const FacetWish& wish, const Counting& over) {
  auto counts = count_rows(column, wish.field, over.rows).take();
  if (!over.again.empty()) std::sort(counts.begin(), counts.end(), by_value);
  for (const auto& again : over.again)
    std::lower_bound(counts.begin(), counts.end(), again, by_value)->count -= again.count;
  return best_of(column, wish, std::move(counts));
}

search::Facet count_facet_without(const FacetColumn& column, const FacetWish& wish, const Counting& left_out) {
  const auto& vocabulary = column.vocabulary(wish.field);
  auto tally = count_rows(column, wish.field, left_out.rows);
  for (const auto& again : left_out.again) tally.add(again.value, again.count);
  auto without = tally.take();
  std::sort(without.begin(), without.end(), by_value);
  const auto left = [&](Ordinal value) {
    const auto found = std::lower_bound(without.begin(), without.end(), ValueCount{value, 0}, by_value);
    return vocabulary.counts[value] - (found != without.end() && found->value == value ? found->count : 0U);
  };
  const auto& all = column.by_count(wish.field);
  const auto gone = std::count_if(without.begin(), without.end(),
                                  [&](const ValueCount& each) { return each.count == vocabulary.counts[each.value]; });
  // Nothing that is rarer in the whole catalog than the last of the best can come among them.
  const Before before{vocabulary};
  std::vector<ValueCount> best;
  for (const auto value : all) {
    if (best.size() >= wish.size && (wish.size == 0 || vocabulary.counts[value] < best.front().count)) break;
    const ValueCount each{value, left(value)};
    if (each.count == 0) continue;
    if (best.size() == wish.size) {
      if (!before(each, best.front())) continue;
      std::pop_heap(best.begin(), best.end(), before);
      best.pop_back();
    }
    best.push_back(each);
    std::push_heap(best.begin(), best.end(), before);
  }
  std::sort_heap(best.begin(), best.end(), before);
  return facet(column, wish, best, all.size() - static_cast<std::size_t>(gone), left);
}

}  // namespace moisson::index
