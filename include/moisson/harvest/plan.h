// Plan: what a preview found, kept for a while so that a person can read it and then have exactly this done. Values.
#pragma once

#include <moisson/core/time.h>
#include <moisson/harvest/job.h>

#include <chrono>
#include <string>

namespace moisson::harvest {

inline constexpr std::chrono::hours plan_keeping{7 * 24};  // then it expires

struct Plan {
  std::string id;         // UUID
  std::string source_id;  // of a source that need not be registered
  // A hash of what decides what is read: a plan is only for the source that it was made of.
  std::string description;
  bool ready = false;  // the portal was read to its end, or to the error in the preview
  Instant created{};
  Instant expires{};
  Preview preview;  // of a plan read back from the store: without its records, which are read page by page
};

}  // namespace moisson::harvest
