// The deletion plan: which of the records that a run did not see are to go. A deletion is a decision: an incomplete
// listing removes nothing, and a run that would remove much is held for a person. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace moisson::harvest {

struct DeletionLimits {
  double max_removed_share = 0.2;       // of the records known before; more than this is held …
  std::uint64_t min_removed_held = 20;  // … if it is at least so many records
};

struct DeletionFacts {
  std::uint64_t known = 0;        // records of the source before the run
  std::uint64_t unseen = 0;       // of them, those that it did not see
  std::uint64_t kept = 0;         // of these, those that a person kept when they were to go before
  std::uint64_t seen = 0;         // records that the portal handed over in this run
  bool listing_complete = false;  // the harvester read everything, and lost nothing
  std::uint64_t unnamed_failures =
      0;  // records that could not be read, nor their ids: any unseen one may be among them
};

struct DeletionPlan {
  enum class Decision { none, remove, hold };
  Decision decision = Decision::none;
  std::string reason;  // of `none` although records were unseen, and of `hold`: one sentence; else empty
  bool operator==(const DeletionPlan&) const = default;
};

DeletionPlan plan_deletions(const DeletionFacts& facts, const DeletionLimits& limits);

// Of `known` records, those that the portal itself states to be removed. A statement needs no complete listing to be
// believed; only too many of them at once wait for a person, as unseen records do.
DeletionPlan plan_tombstones(std::uint64_t known, std::uint64_t stated, const DeletionLimits& limits);

}  // namespace moisson::harvest
