#include "app/tasks/tasks.h"

#include <fmt/core.h>

namespace moisson::app::tasks {

Result<void> remap(Instance& instance, json::View task, const Emit& emit) {
  auto sources = strings(task["sources"]);
  if (sources.empty()) sources.emplace_back();  // all of them
  moisson::harvest::Counts total;
  for (const auto& id : sources) {
    const auto counts = instance.control().remap(id);
    if (!counts) return counts.error();
    total.updated += counts->updated;
    total.unchanged += counts->unchanged;
    total.failed += counts->failed;
  }
  wait_until_searchable(instance, emit);
  emit(message_event(fmt::format("{} records mapped anew, {} unchanged, {} could not be mapped", total.updated,
                                 total.unchanged, total.failed)));
  return {};
}

}  // namespace moisson::app::tasks
