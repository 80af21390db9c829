#include "harvest/plan_filter.h"

#include "core/hash.h"
#include "store/store.h"

#include <cstdint>
#include <optional>

namespace moisson::harvest {

void PlanFilter::add(const PlannedRecord& planned) {
  switch (planned.record.outcome) {
    case RecordOutcome::created:
    case RecordOutcome::updated:
    case RecordOutcome::moved:
      contents_.emplace(planned.record.remote_id, planned.content_hash);
      break;
    case RecordOutcome::removed:
      removals_.insert(planned.record.record_id);
      break;
    case RecordOutcome::unchanged:
    case RecordOutcome::skipped:
    case RecordOutcome::failed:
      break;
  }
}

bool PlanFilter::allows(std::string_view remote_id, std::string_view content_hash) const {
  const auto planned = contents_.find(std::string(remote_id));
  return planned != contents_.end() && planned->second == content_hash;
}

Result<PlanFilter> plan_filter(const store::Store& store, std::string_view plan) {
  if (const auto found = store.plan(plan); found.has_error()) return found.error();
  PlanFilter filter;
  std::uint64_t after = 0;
  do {
    const auto page = store.plan_records(plan, std::nullopt, after, 1'000);
    if (page.has_error()) return page.error();
    for (const auto& planned : page->rows) filter.add(planned);
    after = page->next;
  } while (after != 0);
  return filter;
}

JobRecord not_planned(std::string_view remote_id, std::string_view title, std::string_view place) {
  return {
      RecordOutcome::skipped,
      std::string(remote_id),
      "",
      std::string(title),
      "not_in_plan",
      std::string(place),
      "the portal changed after the plan was made: this record is not as the plan lists it, and was left as it stood",
      "the next harvest takes it, or make a new plan"};
}

std::string description_of(const HarvestSource& source) {
  std::string text =
      source.id + '\n' + source.kind + '\n' + source.url + '\n' + source.language + '\n' + source.territory;
  for (const auto& [name, value] : source.options) text += '\n' + name + '=' + value;
  return sha256_hex(text);
}

}  // namespace moisson::harvest
