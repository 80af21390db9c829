#include "index/selection.h"

#include "dcat/territory.h"
#include "index/condition.h"
#include "index/scan.h"
#include "index/schema.h"

#include <algorithm>

namespace moisson::index {
namespace {

constexpr std::size_t least_words_for_most = 3;  // of two words, one is any

std::int64_t milliseconds(const std::optional<Instant>& instant, std::int64_t open) {
  return instant ? instant->time_since_epoch().count() : open;
}

Rows modified_within(const FacetColumn& column, const search::DateRange& range) {
  const auto from = milliseconds(range.from, INT64_MIN + 1), to = milliseconds(range.to, INT64_MAX);
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    return chunk.facts[slot].modified >= from && chunk.facts[slot].modified <= to;
  });
}

Rows covering(const FacetColumn& column, const search::DateRange& range) {
  const auto from = milliseconds(range.from, INT64_MIN), to = milliseconds(range.to, INT64_MAX);
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    const auto periods = chunk.temporal.of(slot);
    return std::any_of(periods.begin(), periods.end(),
                       [&](const Period& period) { return period.from <= to && period.to >= from; });
  });
}

// Longitudes that a box covers: one stretch, or two across the antimeridian.
bool longitudes_meet(const dcat::BoundingBox& a, const dcat::BoundingBox& b) {
  const bool a_wraps = a.west > a.east, b_wraps = b.west > b.east;
  if (a_wraps && b_wraps) return true;
  if (a_wraps) return b.east >= a.west || b.west <= a.east;
  if (b_wraps) return a.east >= b.west || a.west <= b.east;
  return a.west <= b.east && b.west <= a.east;
}

Rows meeting(const FacetColumn& column, const dcat::BoundingBox& box) {
  return scan(column, [&](const Chunk& chunk, std::size_t slot) {
    const auto boxes = chunk.boxes.of(slot);
    return std::any_of(boxes.begin(), boxes.end(), [&](const dcat::BoundingBox& each) {
      return each.south <= box.north && box.south <= each.north && longitudes_meet(each, box);
    });
  });
}

// One of these terms a record must have.
std::vector<std::string> terms_of(const search::Filter& filter, search::TerritoryMatch match) {
  using search::TerritoryMatch;
  std::vector<std::string> terms;
  const bool within = filter.field != search::Field::territory || match != TerritoryMatch::exact;
  for (const auto& value : filter.values)
    terms.push_back(term(within ? row(filter.field).prefix : prefix::own_territory, value));
  if (filter.field != search::Field::territory || match != TerritoryMatch::any) return terms;
  for (const auto& value : filter.values)
    if (const auto* chosen = dcat::territory(value))
      for (const auto* outer : dcat::containing(*chosen)) terms.push_back(term(prefix::own_territory, outer->key));
  return terms;
}

}  // namespace

void Selection::narrow(std::optional<Rows>& rows, const Rows& by) {
  if (rows)
    *rows &= by;
  else
    rows = by;
}

// Those that have all the words that are wanted; if hardly any has, those that lack one; else those that have any. The text alone
// decides: a filter takes away what does not pass it, and brings nothing else in.
Rows Selection::by_words(const State& state, Handle& handle, const Plan& plan) {
  auto& postings = *state.postings;
  if (plan.each.size() < 2 && plan.required.empty()) return *postings.of_word(handle.database, *plan.must);
  if (plan.each.size() < 2) return postings.of(handle.database, *plan.must);
  const auto narrowed = [&](Rows rows) {
    for (const auto& node : plan.required) rows &= postings.of(handle.database, node);
    return rows;
  };
  std::vector<std::shared_ptr<const Rows>> words;
  for (const auto& node : plan.each) words.push_back(postings.of_word(handle.database, node));
  const auto enough = static_cast<std::uint64_t>(state.weights.enough);
  // after[i]: what has all words from i on.
  std::vector<Rows> after(words.size());
  after.back() = *words.back();
  for (auto i = words.size() - 1; i-- > 0;) after[i] = after[i + 1] & *words[i];
  auto all = narrowed(after.front());
  if (all.cardinality() >= enough) return all;
  if (words.size() >= least_words_for_most) {
    Rows most = after[1], before = *words.front();
    for (std::size_t i = 1; i < words.size(); ++i) {
      most |= i + 1 < words.size() ? before & after[i + 1] : before;
      before &= *words[i];
    }
    most = narrowed(std::move(most));
    if (most.cardinality() >= enough) {
      words_matched_ = search::WordsMatched::most;
      return most;
    }
  }
  Rows any;
  for (const auto& rows : words) any |= *rows;
  any = narrowed(std::move(any));
  if (any.cardinality() > all.cardinality()) words_matched_ = search::WordsMatched::any;
  return any;
}

Selection::Selection(const State& state, Handle& handle, const search::Query& query, const Plan& plan)
    : documents_(state.column->documents()) {
  auto& postings = *state.postings;
  if (plan.must) base_ = by_words(state, handle, plan);
  if (plan.must_not) {
    if (!base_) base_ = *postings.of(handle.database, std::string{});
    *base_ -= postings.of(handle.database, *plan.must_not);
  }
  for (const auto& each : plan.dates)
    narrow(base_, each.covers ? covering(*state.column, each.range) : modified_within(*state.column, each.range));
  if (query.modified != search::DateRange{}) narrow(base_, modified_within(*state.column, query.modified));
  if (query.temporal != search::DateRange{}) narrow(base_, covering(*state.column, query.temporal));
  if (query.bbox) narrow(base_, meeting(*state.column, *query.bbox));
  if (query.condition) narrow(base_, rows_of(state, handle, *query.condition));
  filtered_ = query.modified != search::DateRange{} || query.temporal != search::DateRange{} || query.bbox ||
              query.condition || !query.filters.empty();

  matches_ = base_;
  for (const auto& filter : query.filters) {
    Rows rows;
    for (const auto& each : terms_of(filter, query.territory_match)) rows |= *postings.of(handle.database, each);
    narrow(matches_, rows);
    passing_.push_back({filter.field, std::move(rows)});
  }
}

std::optional<Rows> Selection::for_facet(search::Field field) const {
  const auto own = [&](const Passing& each) { return each.field == field; };
  if (std::none_of(passing_.begin(), passing_.end(), own)) return matches_;
  auto rows = base_;
  for (const auto& each : passing_)
    if (!own(each)) narrow(rows, each.rows);
  return rows;
}

}  // namespace moisson::index
