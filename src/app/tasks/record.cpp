#include "app/tasks/tasks.h"

#include <fmt/core.h>

namespace moisson::app::tasks {

Result<void> record(Instance& instance, json::View task, const Emit& emit) {
  const auto verb = task["verb"].string().value_or("");
  const std::string id(task["id"].string().value_or(""));
  auto& control = instance.control();
  if (verb == "refresh") {
    const auto outcome = control.refresh(id);
    if (!outcome) return outcome.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is {}", id, to_string(*outcome))));
    return {};
  }
  if (verb == "withdraw") {
    if (const auto done = control.withdraw(id); !done) return done.error();
    wait_until_searchable(instance, emit);
    emit(message_event(fmt::format("{} is withdrawn: no harvest brings it back until it is released", id)));
    return {};
  }
  if (const auto done = control.release(id); !done) return done.error();
  emit(message_event(fmt::format("{} is released: the next harvest that meets it brings it back", id)));
  return {};
}

}  // namespace moisson::app::tasks
