// PlanFilter: what a person agreed to, and nothing else: a run that applies a plan asks it of each record. Value.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/job.h>
#include <moisson/harvest/source.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace moisson::store {
class Store;
}

namespace moisson::harvest {

class PlanFilter {
 public:
  void add(const PlannedRecord& planned);

  // Whether the plan lists that the record under this id becomes what has this content.
  bool allows(std::string_view remote_id, std::string_view content_hash) const;
  // Ids of the records that it lets go.
  const std::unordered_set<std::string>& removals() const { return removals_; }

 private:
  std::unordered_map<std::string, std::string> contents_;  // remote id → content hash
  std::unordered_set<std::string> removals_;
};

// Of a stored plan. not_found: there is none, or it has expired.
Result<PlanFilter> plan_filter(const store::Store& store, std::string_view plan);

// The row of a record that the plan does not list as it is now.
JobRecord not_planned(std::string_view remote_id, std::string_view title, std::string_view place);

// What decides what is read of a source, as a hash.
std::string description_of(const HarvestSource& source);

}  // namespace moisson::harvest
