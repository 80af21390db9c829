#include "harvest/deletion_plan.h"

namespace moisson::harvest {

DeletionPlan plan_deletions(const DeletionFacts& facts, const DeletionLimits& limits) {
  using Decision = DeletionPlan::Decision;
  if (facts.unseen == 0) return {};
  const std::string unseen = std::to_string(facts.unseen) + " of " + std::to_string(facts.known) + " records";
  if (!facts.listing_complete) return {Decision::none, "the listing is incomplete: " + unseen + " not seen are kept"};
  if (facts.unnamed_failures > 0)
    return {Decision::none, std::to_string(facts.unnamed_failures) +
                                " records could not be read, nor their ids: " + unseen + " not seen are kept"};
  if (facts.seen == 0)
    return {Decision::hold, "the portal lists no record at all: the removal of " + unseen + " waits"};
  if (facts.kept > 0)
    return {Decision::hold, "the portal still does not list " + std::to_string(facts.kept) +
                                " records that a person kept: the removal of " + unseen + " waits for a decision"};
  const bool many = facts.unseen >= limits.min_removed_held;
  const bool large_share =
      static_cast<double>(facts.unseen) > limits.max_removed_share * static_cast<double>(facts.known);
  if (many && large_share)
    return {Decision::hold, "the portal no longer lists " + unseen + ": their removal waits for a decision"};
  return {Decision::remove, ""};
}

}  // namespace moisson::harvest
