#include "store/usage.h"

#include <algorithm>
#include <cmath>

namespace moisson::store {
namespace {

constexpr double first_bound = 100;  // microseconds

double bound(std::size_t n) { return first_bound * std::exp2(static_cast<double>(n) / 2); }

}  // namespace

std::string_view to_string(ClientFamily family) {
  switch (family) {
    case ClientFamily::browser:
      return "browser";
    case ClientFamily::script:
      return "script";
    case ClientFamily::harvester:
      return "harvester";
    case ClientFamily::bot:
      return "bot";
    case ClientFamily::assistant:
      return "assistant";
  }
  return "";
}

std::string_view to_string(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::query:
      return "query";
    case SubjectKind::view:
      return "view";
    case SubjectKind::download:
      return "download";
  }
  return "";
}

UsageCounts& UsageCounts::operator+=(const UsageCounts& other) {
  requests += other.requests;
  searches += other.searches;
  without_result += other.without_result;
  views += other.views;
  downloads += other.downloads;
  return *this;
}

UsageCounts UsageHour::total() const {
  UsageCounts all;
  for (const UsageCounts& counts : by_family) all += counts;
  return all;
}

std::size_t time_class(std::chrono::microseconds took) {
  std::size_t n = 0;
  while (n + 1 < time_classes && static_cast<double>(took.count()) > bound(n)) ++n;
  return n;
}

std::optional<std::chrono::microseconds> quantile(const SearchTimes& times, double share) {
  std::uint64_t all = 0;
  for (const std::uint64_t count : times) all += count;
  if (all == 0) return std::nullopt;
  const double rank = std::clamp(share, 0.0, 1.0) * static_cast<double>(all);
  double before = 0;
  std::size_t n = 0;
  while (n + 1 < time_classes && before + static_cast<double>(times[n]) < rank)
    before += static_cast<double>(times[n++]);
  const double low = n == 0 ? 0 : bound(n - 1);
  const double inside = times[n] == 0 ? 1 : (rank - before) / static_cast<double>(times[n]);
  return std::chrono::microseconds(std::llround(low + (bound(n) - low) * inside));
}

}  // namespace moisson::store
