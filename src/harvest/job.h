// One harvest job, from its first request to its outcome: it drives the harvester, is its sink, batches into the store,
// and decides moves and removals at the end. Runs on the caller's thread, which blocks until the job has ended.
#pragma once

#include "harvest/deletion_plan.h"
#include "harvest/plan_filter.h"
#include "harvest/pulse.h"
#include "store/run.h"

#include <moisson/core/time.h>
#include <moisson/harvest/harvester.h>
#include <moisson/harvest/job.h>
#include <moisson/net/fetcher.h>

#include <map>
#include <stop_token>
#include <string>

namespace moisson::harvest {

// What a job works with; all of it outlives the job.
struct Worksite {
  const HarvestSource& source;
  const Harvester& harvester;
  net::Fetcher& fetcher;
  const Clock& clock;
  DeletionLimits limits;
  std::string language = {};  // the catalog's, BCP 47: of records that nothing else tells
  // Of the source; the fetcher lets none of them come back (portal_access.h).
  std::map<std::string, std::string> secrets = {};
  Pulse* pulse = nullptr;            // hears that the job lives; may be absent
  const PlanFilter* plan = nullptr;  // what alone is to be done; absent: everything
  std::string catalog_url = {};      // ours, by which records that passed through this catalog are known
};

// Result: the job as it ended. A stop takes effect at the next record. If not even its end could be stored, the result
// is `failed` with the store's error, and the store still calls it running: it is resumed by the next start.
HarvestJob run_job(store::Run run, const Worksite& worksite, const std::stop_token& stop);

}  // namespace moisson::harvest
