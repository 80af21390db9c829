#include "harvest/reconcile.h"

#include "core/log.h"
#include "harvest/schedule.h"
#include "store/writer.h"

#include <algorithm>

namespace moisson::harvest {
namespace {

const HarvestSource* find(std::span<const HarvestSource> sources, std::string_view id) {
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const auto& source) { return source.id == id; });
  return found == sources.end() ? nullptr : &*found;
}

}  // namespace

std::vector<HarvestSource> plan_sources(std::span<const HarvestSource> configured,
                                        std::span<const HarvestSource> stored) {
  std::vector<HarvestSource> plan;
  for (HarvestSource source : configured) {
    source.origin = SourceOrigin::configuration;
    const HarvestSource* known = find(stored, source.id);
    const bool paused_by_person =
        known != nullptr && known->origin == SourceOrigin::configuration && known->state == SourceState::paused;
    if (paused_by_person) source.state = SourceState::paused;
    if (known == nullptr || *known != source) plan.push_back(std::move(source));
  }
  for (HarvestSource source : stored) {
    if (source.origin != SourceOrigin::configuration || find(configured, source.id) != nullptr) continue;
    source.origin = SourceOrigin::operators;
    source.private_networks = false;
    // Files of this machine are the configuration's alone to name.
    std::erase_if(source.options, [](const auto& option) { return option.first.ends_with("_file"); });
    if (source.state == SourceState::active) source.state = SourceState::paused;
    plan.push_back(std::move(source));
  }
  return plan;
}

Result<void> reconcile(store::Store& store, std::span<const HarvestSource> configured, Instant now) {
  const auto before = store.sources();
  if (before.has_error()) return before.error();
  std::vector<HarvestSource> stored;
  for (const auto& status : *before) stored.push_back(status.source);

  store::Writer& writer = store.writer();
  for (const auto& source : plan_sources(configured, stored)) {
    if (const auto put = writer.put_source(source); put.has_error()) return put.error();
    const HarvestSource* known = find(stored, source.id);
    const bool same_rhythm = known != nullptr && known->schedule == source.schedule &&
                             known->timezone == source.timezone && known->state == source.state;
    if (same_rhythm) continue;
    std::optional<Instant> next;
    if (source.state == SourceState::active) {
      const auto status = store.source(source.id);
      if (status.has_error()) return status.error();
      const auto last = status->last_job ? std::optional(status->last_job->started) : std::nullopt;
      const auto planned = next_run(source.schedule, source.timezone, source.id, last, now);
      if (planned.has_value())
        next = *planned;
      else
        log::error("harvest", to_string(planned.error()), {{"source", source.id}});
    }
    if (const auto set = writer.set_next_run(source.id, next); set.has_error()) return set.error();
  }
  return {};
}

}  // namespace moisson::harvest
