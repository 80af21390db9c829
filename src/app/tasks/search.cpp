#include "api/results_json.h"
#include "app/tasks/tasks.h"

namespace moisson::app::tasks {

Result<void> search(Instance& instance, json::View task, const Emit& emit) {
  wait_until_searchable(instance, emit);
  const auto snapshot = instance.slot().current();
  if (!snapshot) return Error{ErrorCode::not_found, "there is no index yet", "", "harvest a source first"};
  moisson::search::Query query;
  query.text = task["query"].string().value_or("");
  query.page_size = static_cast<std::uint32_t>(task["limit"].integer().value_or(0));
  if (query.page_size == 0) query.page_size = 10;
  query.language = instance.configuration().catalog.language;
  query.explain = task["explain"].boolean().value_or(false);
  const auto results = snapshot->search(query);
  if (!results) return results.error();
  json::Writer out;
  out.begin_object().field("event", "result").key("result");
  api::write(out, query, *results, instance.links());
  out.end_object();
  emit(out.text());
  return {};
}

}  // namespace moisson::app::tasks
