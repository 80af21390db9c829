#include "harvest/deletion_plan.h"

namespace moisson::harvest {
namespace {

bool too_many(std::uint64_t removed, std::uint64_t known, const DeletionLimits& limits) {
  return removed >= limits.min_removed_held &&
         static_cast<double>(removed) > limits.max_removed_share * static_cast<double>(known);
}

}  // namespace

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
  if (too_many(facts.unseen, facts.known, limits))
    return {Decision::hold, "the portal no longer lists " + unseen + ": their removal waits for a decision"};
  return {Decision::remove, ""};
}

DeletionPlan plan_tombstones(std::uint64_t known, std::uint64_t stated, const DeletionLimits& limits) {
  if (stated == 0) return {};
  if (!too_many(stated, known, limits)) return {DeletionPlan::Decision::remove, ""};
  return {DeletionPlan::Decision::hold, "the portal removed " + std::to_string(stated) + " of " +
                                            std::to_string(known) +
                                            " records: their removal here waits for a decision"};
}

}  // namespace moisson::harvest
