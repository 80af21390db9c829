#include "index/prior.h"

#include <algorithm>
#include <cmath>

namespace moisson::index {
namespace {

constexpr double milliseconds_a_year = 365.25 * 24 * 3600 * 1000;
constexpr double years_fresh = 3;   // a record modified so long ago is not fresh at all
constexpr double years_proven = 8;  // one that is so old has nothing more to prove

// Between 0 and 1: how near `then` is to `now`, over `years`.
double nearness(std::int64_t now, std::int64_t then, double years) {
  if (then == INT64_MIN) return 0;
  return std::clamp(1 - (static_cast<double>(now) - static_cast<double>(then)) / (years * milliseconds_a_year), 0.0,
                    1.0);
}

double magnitude(std::uint64_t views) { return std::log10(1 + static_cast<double>(views)); }

// The mean magnitude of the views of records whose source publishes them: what a record of any other source is taken to have.
double usual_views(const FacetColumn& column) {
  double sum = 0;
  std::size_t counted = 0;
  for (Row row = 0; row < column.rows_end(); ++row) {
    if (!column.has(row) || !column.facts(row).counted) continue;
    sum += magnitude(column.facts(row).popularity);
    ++counted;
  }
  return counted == 0 ? 0 : sum / static_cast<double>(counted);
}

}  // namespace

std::shared_ptr<const Prior> Prior::made(const FacetColumn& column, const Weights& weights, std::int64_t newest) {
  auto prior = std::make_shared<Prior>();
  prior->worth_.resize(column.rows_end());
  const double usual = usual_views(column);
  for (Row row = 0; row < column.rows_end(); ++row) {
    if (!column.has(row)) continue;
    const auto& facts = column.facts(row);
    const double age = facts.created == INT64_MIN ? 0 : 1 - nearness(newest, facts.created, years_proven);
    const double merit = weights.quality * facts.quality / 4 +
                         weights.freshness * nearness(newest, facts.modified, years_fresh) + weights.age * age +
                         weights.first_hand * facts.first_hand + weights.official * facts.official +
                         weights.wide * facts.wide;
    const double views =
        facts.counted ? std::min(magnitude(facts.popularity), weights.fame_limit) : usual * weights.unknown_fame;
    prior->worth_[row] = {static_cast<float>(1 + merit), static_cast<float>(weights.fame * views)};
  }
  return prior;
}

}  // namespace moisson::index
