#include "api/preview_json.h"
#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

Result<void> preview(Instance& instance, json::View task, const Emit& emit) {
  moisson::harvest::HarvestSource source;
  if (const auto named = strings(task["sources"]); !named.empty()) {
    const auto status = instance.store().source(named.front());
    if (!status) return status.error();
    source = status->source;
  } else {
    source.id = "preview";
    source.title = source.url = task["url"].string().value_or("");
    source.kind = task["kind"].string().value_or("");
  }
  const auto limit = static_cast<std::uint64_t>(task["limit"].integer().value_or(0));
  const auto plan = instance.control().preview(source, limit);
  if (!plan) return plan.error();
  json::Writer out;
  out.begin_object().field("event", "preview").key("preview");
  api::write(out, *plan);
  out.end_object();
  emit(out.text());
  return {};
}

}  // namespace moisson::app::tasks
