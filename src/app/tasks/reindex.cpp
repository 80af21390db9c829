#include "app/tasks/tasks.h"

#include <fmt/core.h>

namespace moisson::app::tasks {

Result<void> reindex(Instance& instance, json::View, const Emit& emit) {
  const auto rebuilt = instance.projection().rebuild([&](std::uint64_t done, std::uint64_t of) {
    json::Writer out;
    out.begin_object().field("event", "progress").field("label", "reindex").key("done").unsigned_integer(done);
    out.key("of").unsigned_integer(of).end_object();
    emit(out.text());
  });
  if (!rebuilt) return rebuilt.error();
  const auto snapshot = instance.slot().current();
  emit(message_event(fmt::format("{} records are in the new index", snapshot ? snapshot->document_count() : 0)));
  return {};
}

}  // namespace moisson::app::tasks
