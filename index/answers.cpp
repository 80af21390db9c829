#include "index/answers.h"

#include <functional>
#include <utility>

namespace moisson::index {
namespace {

constexpr std::size_t values_of_a_hit = 8;  // so many facet values take the place of a hit

std::size_t weight_of(const search::Results& results) {
  std::size_t values = 0;
  for (const auto& facet : results.facets) values += facet.values.size();
  return 1 + results.hits.size() + values / values_of_a_hit;
}

}  // namespace

// The rest of a query seldom tells apart what these do not.
std::size_t Answers::Hash::operator()(const search::Query& query) const {
  auto hash =
      std::hash<std::string>{}(query.text) + query.page * std::size_t{31} + static_cast<std::size_t>(query.sort);
  for (const auto& filter : query.filters)
    for (const auto& value : filter.values) hash = hash * 31 + std::hash<std::string>{}(value);
  return hash;
}

std::optional<search::Results> Answers::find(const search::Query& query) {
  std::shared_ptr<const search::Results> results;
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_query_.find(query);
    if (found == by_query_.end()) return std::nullopt;
    latest_first_.splice(latest_first_.begin(), latest_first_, found->second);
    results = found->second->results;
  }
  return *results;
}

void Answers::keep(const search::Query& query, const search::Results& results) {
  const auto weight = weight_of(results);
  if (query.cursor || query.keys_only || weight > most_of_one) return;
  auto kept = std::make_shared<const search::Results>(results);
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = by_query_.try_emplace(query);
  if (!is_new) return;
  latest_first_.push_front({&place->first, std::move(kept), weight});
  place->second = latest_first_.begin();
  for (weight_ += weight; weight_ > most_weight; latest_first_.pop_back()) {
    weight_ -= latest_first_.back().weight;
    by_query_.erase(by_query_.find(*latest_first_.back().query));
  }
}

}  // namespace moisson::index
