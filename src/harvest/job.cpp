#include "harvest/job.h"

#include "core/log.h"
#include "harvest/job_sink.h"
#include "harvest/outcome.h"
#include "harvest/remap.h"
#include "harvest/report_row.h"

#include <string>
#include <utility>

namespace moisson::harvest {
namespace {

constexpr std::size_t max_memory = std::size_t{64} << 10;  // bytes, as harvester.h says

void log_start(const HarvestJob& job, const HarvestSource& source) {
  log::info("harvest", "job started", {{"source", source.id}, {"job", job.id}, {"kind", source.kind}});
}

void log_end(const HarvestJob& job, std::chrono::milliseconds took) {
  const Counts& counts = job.counts;
  log::write(job.outcome == JobOutcome::failed ? log::Level::warning : log::Level::info, "harvest", "job ended",
             {{"source", job.source_id},
              {"job", job.id},
              {"outcome", to_string(job.outcome)},
              {"seen", counts.seen()},
              {"created", counts.created},
              {"updated", counts.updated},
              {"moved", counts.moved},
              {"skipped", counts.skipped},
              {"failed", counts.failed},
              {"removed", counts.removed},
              {"waiting", job.removals_waiting},
              {"pages", job.pages},
              {"ms", took.count()},
              {"error", job.error ? to_string(*job.error) : std::string()}});
}

void remark_addresses(const net::Fetcher& fetcher, RecordSink& sink) {
  for (const auto& url : fetcher.disallowed())
    sink.remark({"robots_disallow", url,
                 "robots.txt disallows this address to everybody; it was read because it is registered",
                 "allow it to Moisson in robots.txt"});
  for (const auto& [from, to] : fetcher.moved())
    sink.remark({"address_moved", from, "this address has moved for good to " + to, "register the new address"});
}

// A better mapping or table reaches what the portal did not send again, too.
Result<void> map_rest(store::Run& run, const Worksite& worksite, RecordSink& sink, const std::stop_token& stop) {
  const auto done = remap_rest(run, worksite, stop);
  if (done.has_error()) return done.error();
  if (done->updated > 0)
    sink.remark({"mapping_changed", "",
                 std::to_string(done->updated) +
                     " records that were not sent again changed, mapped anew from what is kept of them",
                 ""});
  return {};
}

// What a portal says of several records in one tells none of them from its copies elsewhere.
Result<void> remark_ambiguous_keys(const store::Run& run, JobSink& sink) {
  const auto& counts = run.job().counts;
  if (counts.created + counts.updated + counts.moved + counts.removed == 0) return {};
  const auto keys = run.ambiguous_keys();
  if (keys.has_error()) return keys.error();
  if (keys->count > 0)
    sink.remark({"shared_identifier", keys->example,
                 std::to_string(keys->count) + " identifiers or addresses stand in several different records; they "
                                               "link these to no copy on another portal",
                 "give each record its own"});
  return sink.flush();
}

// What the end of the reading leads to in the store: moves, removals, and what waits. Result: the plan's decision.
Result<DeletionPlan> settle(store::Run& run, JobSink& sink, bool listing_complete, std::uint64_t unnamed_failures,
                            const DeletionLimits& limits) {
  using Decision = DeletionPlan::Decision;
  if (auto settled = run.settle_moves(listing_complete); settled.has_error()) return settled.error();
  const auto unseen = run.unseen();
  if (unseen.has_error()) return unseen.error();
  const DeletionPlan stated = plan_tombstones(unseen->known, unseen->tombstones, limits);
  const DeletionFacts facts{unseen->known,           unseen->unseen,   unseen->kept,
                            run.job().counts.seen(), listing_complete, unnamed_failures};
  DeletionPlan plan = plan_deletions(facts, limits);
  Result<void> done;
  if (stated.decision == Decision::remove) done = run.remove_tombstones();
  if (done.has_value() && plan.decision == Decision::remove) done = run.remove_unseen();
  const bool held = stated.decision == Decision::hold || plan.decision == Decision::hold;
  if (done.has_value() && held) done = run.hold(plan.decision == Decision::hold);
  if (done.has_error()) return done.error();
  if (const auto told = remark_ambiguous_keys(run, sink); told.has_error()) return told.error();
  return stated.decision == Decision::hold ? stated : plan;
}

// The same where a person has agreed to a plan: what it lists, and nothing else.
Result<DeletionPlan> settle_planned(store::Run& run, bool listing_complete, JobSink& sink, const PlanFilter& plan) {
  if (auto settled = run.settle_moves(listing_complete); settled.has_error()) return settled.error();
  if (!listing_complete) return DeletionPlan{};
  const auto others = run.remove_unseen_among(plan.removals());
  if (others.has_error()) return others.error();
  if (const auto told = remark_ambiguous_keys(run, sink); told.has_error()) return told.error();
  if (*others == 0) return DeletionPlan{};
  sink.remark(
      {"not_in_plan", "",
       "the portal no longer lists " + std::to_string(*others) + " records that the plan does not remove: they stay",
       "the next harvest decides, or make a new plan"});
  if (const auto flushed = sink.flush(); flushed.has_error()) return flushed.error();
  return DeletionPlan{};
}

}  // namespace

HarvestJob run_job(store::Run run, const Worksite& worksite, const std::stop_token& stop) {
  const Instant began = worksite.clock.now();
  log_start(run.job(), worksite.source);
  dcat::MappingReport mapping;
  JobSink sink(run, store::Mapping(worksite.source, worksite.harvester.mapping_version(), worksite.language), mapping,
               worksite, stop);
  const HarvestContext context{worksite.source,  worksite.fetcher, worksite.clock, run.memory(), run.job().full, 0,
                               worksite.secrets, &mapping};

  RunFacts facts;
  std::optional<Memory> memory;
  Result<Listing> listing = Error{ErrorCode::cancelled, "the job was stopped", "", ""};
  if (!stop.stop_requested()) listing = worksite.harvester.harvest(context, sink);
  remark_addresses(worksite.fetcher, sink);
  sink.remark_loop();
  Result<void> flushed = sink.flush();
  if (const auto tallies = mapping.tallies(); flushed.has_value() && !tallies.empty())
    flushed = run.tell_mapping(tallies);
  if (flushed.has_value() && worksite.plan == nullptr) flushed = map_rest(run, worksite, sink, stop);
  if (flushed.has_value()) flushed = sink.flush();
  facts.stopped = sink.stopped() || (listing.has_error() && stop.stop_requested());
  facts.lost = sink.loss().has_value();
  facts.error = flushed.has_error() ? std::optional(flushed.error()) : sink.store_error();
  if (!facts.error && listing.has_error()) facts.error = listing.error();
  if (!facts.error && listing.has_value()) {
    if (listing->not_modified) {
      if (const auto sighted = run.sight_all(); sighted.has_error()) facts.error = sighted.error();
    }
    if (listing->memory.json.size() <= max_memory)
      memory = std::move(listing->memory);
    else
      log::warning("harvest", "the harvester's memory passes 64 KiB and is not kept", {{"source", worksite.source.id}});
  }

  DeletionPlan plan;
  if (flushed.has_value()) {
    const bool read_all = listing.has_value() && (listing->complete || listing->not_modified);
    const bool complete = read_all && !facts.error && !facts.lost && !facts.stopped;
    if (auto settled = worksite.plan != nullptr ? settle_planned(run, complete, sink, *worksite.plan)
                                                : settle(run, sink, complete, sink.unnamed_failures(), worksite.limits);
        settled.has_value())
      plan = *settled;
    else
      facts.error = settled.error();
  }
  const bool given_up = facts.stopped && worksite.pulse != nullptr && worksite.pulse->given_up();
  if (given_up) {
    facts.stopped = false;
    facts.error = Error{ErrorCode::timeout, "the portal gave no sign of life for 30 minutes", "",
                        "see whether it answers in a browser"};
  }
  facts.held = plan.decision == DeletionPlan::Decision::hold;
  facts.counts = run.job().counts;

  const JobOutcome outcome = outcome_of(facts);
  std::optional<Error> error = facts.error;
  if (facts.stopped) error = Error{ErrorCode::cancelled, "the job was stopped before its end", "", ""};
  if (!error && sink.loss()) error = sink.loss();
  if (!error && facts.held) error = Error{ErrorCode::conflict, plan.reason, "", "approve or reject the job's removals"};
  if (!error && facts.counts.failed > 0)
    error = Error{ErrorCode::invalid_input,
                  std::to_string(facts.counts.failed) + (facts.counts.failed == 1 ? " record" : " records") +
                      " could not be taken",
                  "", "the job's report names each with its cause"};
  // What a plan left as it stood must not count as read.
  if (!keeps_memory(outcome) || worksite.plan != nullptr) memory.reset();

  HarvestJob job;
  if (const auto ended = run.end(outcome, error, memory); ended.has_value()) {
    job = run.job();
  } else {
    job = run.job();
    job.outcome = JobOutcome::failed;
    job.error = ended.error();
    job.ended = worksite.clock.now();
  }
  log_end(job, worksite.clock.now() - began);
  return job;
}

}  // namespace moisson::harvest
