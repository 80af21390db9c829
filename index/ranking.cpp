#include "index/ranking.h"

#include <algorithm>
#include <bit>

namespace moisson::index {
namespace {

struct Before {
  search::Sort sort;
  const FacetColumn& column;

  bool operator()(Row a, Row b) const {
    switch (sort) {
      case search::Sort::title: {
        const auto order = column.title(a) <=> column.title(b);
        if (order != 0) return order < 0;
        break;
      }
      case search::Sort::created:
        if (column.facts(a).created != column.facts(b).created)
          return column.facts(a).created > column.facts(b).created;
        break;
      case search::Sort::popularity:
        if (column.facts(a).popularity != column.facts(b).popularity)
          return column.facts(a).popularity > column.facts(b).popularity;
        break;
      case search::Sort::changed:
        if (column.facts(a).changed != column.facts(b).changed)
          return column.facts(a).changed > column.facts(b).changed;
        break;
      case search::Sort::id:
        if (column.facts(a).id != column.facts(b).id) return column.facts(a).id < column.facts(b).id;
        break;
      default:
        if (column.facts(a).modified != column.facts(b).modified)
          return column.facts(a).modified > column.facts(b).modified;
    }
    return a < b;
  }
};

}  // namespace

std::shared_ptr<const Ranking> Ranking::made(search::Sort sort, const FacetColumn& column, const Ranking* before,
                                             std::span<const Row> changed) {
  auto ranking = std::make_shared<Ranking>();
  const Before less{sort, column};
  std::vector<Row> fresh;
  for (const auto row : changed)
    if (column.has(row)) fresh.push_back(row);
  std::sort(fresh.begin(), fresh.end(), less);
  std::vector<Row> kept;
  if (before) {
    std::vector<bool> gone(column.rows_end());
    for (const auto row : changed)
      if (row < gone.size()) gone[row] = true;
    kept.reserve(before->order_.size());
    for (const auto row : before->order_)
      if (!gone[row]) kept.push_back(row);
  }
  ranking->order_.resize(kept.size() + fresh.size());
  std::merge(kept.begin(), kept.end(), fresh.begin(), fresh.end(), ranking->order_.begin(), less);
  ranking->ranks_.resize(column.rows_end());
  for (std::uint32_t rank = 0; rank < ranking->order_.size(); ++rank) ranking->ranks_[ranking->order_[rank]] = rank;
  return ranking;
}

std::vector<Row> Ranking::page(std::size_t first, std::size_t count) const {
  const auto begin = std::min(first, order_.size());
  const auto end = std::min(begin + count, order_.size());
  return {order_.begin() + static_cast<std::ptrdiff_t>(begin), order_.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<Row> Ranking::page_without(const Rows& left_out, std::size_t first, std::size_t count) const {
  std::vector<Row> page;
  std::size_t passed = 0;
  for (auto row = order_.begin(); row != order_.end() && page.size() < count; ++row)
    if (!left_out.contains(*row) && passed++ >= first) page.push_back(*row);
  return page;
}

std::vector<Row> Ranking::page(const Rows& matches, std::size_t first, std::size_t count) const {
  std::vector<Row> page;
  // The matches as bits in rank order; whole words are skipped by their popcount.
  std::vector<std::uint64_t> bits(order_.size() / 64 + 1);
  for (const auto row : matches) bits[ranks_[row] / 64] |= std::uint64_t{1} << ranks_[row] % 64;
  std::size_t passed = 0;
  for (std::size_t i = 0; i < bits.size() && page.size() < count; ++i) {
    auto word = bits[i];
    const auto here = static_cast<std::size_t>(std::popcount(word));
    if (passed + here <= first) {
      passed += here;
      continue;
    }
    for (; word != 0 && page.size() < count; word &= word - 1, ++passed)
      if (passed >= first) page.push_back(order_[i * 64 + static_cast<std::size_t>(std::countr_zero(word))]);
  }
  return page;
}

}  // namespace moisson::index
